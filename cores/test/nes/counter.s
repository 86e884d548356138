; Counts frames: every picture differs from every other, and says which one it is.
;
; For people: eight large decimal digits.
; For programs: 32 blocks of 16 x 16 pixels, white 1, black 0, in two rows of 16 across the full
; width, the highest bit first. On the NES's 256 x 240 pixels the first row is at y = 96..111 and
; the second at y = 112..127. A core that crops the overscan shows fewer lines; so, for a picture
; of w x h pixels, sample the middle of each block:
;
;   top = 96 - (240 - h) / 2
;   bit i of 31..0:  n = 31 - i,  x = (n % 16) * 16 + 8 - (256 - w) / 2,  y = top + (n / 16) * 16 + 8
;
; Blocks are no tiles but colours: one byte of the attribute table colours four blocks, two in each
; row, so eight bytes hold the whole count.

.include "nes.inc"

ines
vectors vblank, reset

BLANK  = 80                     ; tiles 0..79: the digits, eight tiles each
SOLID  = 81
DIGITS = SCREEN + 17*32 + 8     ; row 17, column 8: centred below the blocks
BLOCKS = COLOURS + 3*8          ; the fourth band of 32 lines

.zeropage
count:   .res 4                 ; the number in the next picture, binary, lowest byte first
decimal: .res 8                 ; the same as digits, highest first
colours: .res 8                 ; what to send to the attribute table
tiles:   .res 64                ; four rows of sixteen tiles: the digits
ready:   .res 1                 ; the above are complete
scratch: .res 1
pair:    .res 1

.code

reset:
    awaken
    jsr clear
    jsr loadPalette
    jsr drawBackground
    lda #$80
    sta PPUCTRL
forever:
    jsr buildColours
    jsr buildTiles
    inc ready
:   lda ready                   ; until vblank has shown it
    bne :-
    jsr increment
    jmp forever

clear:
    ldx #0
    txa
:   sta 0,x
    inx
    bne :-
    rts

loadPalette:
    ppuAt PALETTE
    ldx #0
:   lda palette,x
    sta PPUDATA
    inx
    cpx #8
    bne :-
    rts

; 960 tiles: blank but for the four rows under the blocks; then the attributes, all 0.
drawBackground:
    ppuAt SCREEN
    lda #BLANK
    ldy #12
    jsr fillRows
    lda #SOLID
    ldy #4
    jsr fillRows
    lda #BLANK
    ldy #14
    jsr fillRows
    lda #0
    ldy #2                      ; 64 attribute bytes
fillRows:                       ; y rows of tile a
    ldx #32
:   sta PPUDATA
    dex
    bne :-
    dey
    bne fillRows
    rts

; --- the count ---

increment:
    inc count
    bne :+
    inc count+1
    bne :+
    inc count+2
    bne :+
    inc count+3
:   ldx #7
carry:
    inc decimal,x
    lda decimal,x
    cmp #10
    bne done
    lda #0
    sta decimal,x
    dex
    bpl carry
done:
    rts

; Attribute byte n colours blocks 2n and 2n+1 of both rows: top left bits 0-1, top right 2-3,
; bottom left 4-5, bottom right 6-7. Palette 1 is white, palette 0 black. The upper row is the
; count's high half: bytes 3 and 2, four attribute bytes each.
buildColours:
    ldx #0
nextByte:
    txa
    lsr a
    lsr a
    eor #1                      ; attribute bytes 0-3 take count+3 and count+1, 4-7 count+2 and count
    tay
    lda count+2,y
    jsr bitPair
    sta colours,x
    lda count,y
    jsr bitPair
    asl a
    asl a
    asl a
    asl a
    ora colours,x
    sta colours,x
    inx
    cpx #8
    bne nextByte
    rts

; Bits 7-2k and 6-2k of a, k = x mod 4, as two 2-bit palette numbers.
bitPair:
    sta scratch
    txa
    and #3
    sta pair
    lda scratch
:   dec pair
    bmi :+
    asl a
    asl a
    jmp :-
:
    asl a                       ; carry: left block
    php
    asl a                       ; carry: right block
    lda #0
    bcc :+
    ora #%0100
:   plp
    bcc :+
    ora #%0001
:   rts

; Digit d has tiles 8d..8d+7: two wide, four high.
buildTiles:
    ldx #7
:   lda decimal,x
    asl a
    asl a
    asl a
    jsr storeDigit
    dex
    bpl :-
    rts

; First tile in a, digit number in x.
storeDigit:
    pha
    txa
    asl a
    tay
    pla
    clc
    .repeat 4, row
        sta tiles+row*16,y
        adc #1
        sta tiles+row*16+1,y
        adc #1
    .endrepeat
    rts

; --- the picture ---

vblank:
    pha
    txa
    pha
    lda ready
    beq :+
    jsr show
    lda #0
    sta ready
:   lda #0                      ; writing addresses moved the scroll position
    sta PPUSCROLL
    sta PPUSCROLL
    lda #$80
    sta PPUCTRL
    lda #%00001010              ; background on, also in the leftmost column
    sta PPUMASK
    pla
    tax
    pla
    rti

show:
    ppuAt BLOCKS
    .repeat 8, n
        lda colours+n
        sta PPUDATA
    .endrepeat
    .repeat 4, row
        ppuAt DIGITS+row*32
        ldx #0
:       lda tiles+row*16,x
        sta PPUDATA
        inx
        cpx #16
        bne :-
    .endrepeat
    rts

palette:
    .byte BLACK, BLACK, WHITE, WHITE    ; blocks that are 0; digits are drawn in colour 2
    .byte BLACK, WHITE, WHITE, WHITE    ; blocks that are 1

; --- the tiles ---

; Bits of a nibble, each twice.
.define twice(n) (((n) & 8) * 24 | ((n) & 4) * 12 | ((n) & 2) * 6 | ((n) & 1) * 3)

; Two lines of a digit, each four times, in colour 2 (only the second plane set).
.macro lines upper, lower
    .res 8, 0
    .res 4, upper
    .res 4, lower
.endmacro

.macro digit r0, r1, r2, r3, r4, r5, r6, r7
    lines twice(r0 >> 4), twice(r1 >> 4)
    lines twice(r0), twice(r1)
    lines twice(r2 >> 4), twice(r3 >> 4)
    lines twice(r2), twice(r3)
    lines twice(r4 >> 4), twice(r5 >> 4)
    lines twice(r4), twice(r5)
    lines twice(r6 >> 4), twice(r7 >> 4)
    lines twice(r6), twice(r7)
.endmacro

.segment "CHARS"
    digit $3C, $66, $66, $66, $66, $66, $3C, 0
    digit $18, $38, $18, $18, $18, $18, $3C, 0
    digit $3C, $66, $06, $0C, $18, $30, $7E, 0
    digit $3C, $66, $06, $1C, $06, $66, $3C, 0
    digit $0C, $1C, $2C, $4C, $7E, $0C, $0C, 0
    digit $7E, $60, $7C, $06, $06, $66, $3C, 0
    digit $3C, $60, $7C, $66, $66, $66, $3C, 0
    digit $7E, $06, $0C, $0C, $18, $18, $18, 0
    digit $3C, $66, $66, $3C, $66, $66, $3C, 0
    digit $3C, $66, $66, $3E, $06, $06, $3C, 0
    .res 16, 0                  ; BLANK
    .res 8, $FF                 ; SOLID, in colour 1
    .res 8, 0
