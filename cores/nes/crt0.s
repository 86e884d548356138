; From power-on to main(), the vertical blank, and what C cannot do fast enough.

.import _main, zerobss, copydata
.importzp sp
.import __CSTACK_START__, __CSTACK_SIZE__
.export __STARTUP__ : absolute = 1
.export _waitFrame, _screenOff, _screenOn, _random
.export _oam, _attributes, _queue, _queueLength, _pads, _pressed, _frames

PPUCTRL   = $2000
PPUMASK   = $2001
PPUSTATUS = $2002
PPUSCROLL = $2005
PPUADDR   = $2006
PPUDATA   = $2007
OAMADDR   = $2003
OAMDMA    = $4014
DMCCTRL   = $4010
PAD1      = $4016
FRAMECTRL = $4017

ATTRIBUTES = $23C0
NMI_ON     = %10001000          ; sprites take the second set of tiles
SHOW       = %00011110

.segment "HEADER"
    .byte "NES", $1A
    .byte 2, 1                  ; 32 KiB of program, 8 KiB of tiles
    .byte $01, $00              ; mapper 0, no scrolling
    .res 8, 0

.segment "CHARS"
    .incbin "background.chr"
    .incbin "sprites.chr"

.zeropage
ready:   .res 1                 ; the next picture is complete
seed:    .res 2
_frames: .res 1
_pads:   .res 2                 ; held buttons: A B Select Start Up Down Left Right, A highest
_pressed: .res 2                ; those that were not held before
before:  .res 2
_queueLength: .res 1

.segment "OAM"
_oam: .res 256

.bss
_attributes: .res 64            ; sent every frame
_queue:      .res 160           ; (address high, low, count, bytes...)*

.segment "STARTUP"

reset:
    sei
    cld
    ldx #$40
    stx FRAMECTRL
    ldx #$FF
    txs
    inx
    stx PPUCTRL
    stx PPUMASK
    stx DMCCTRL
    bit PPUSTATUS
:   bit PPUSTATUS
    bpl :-
    txa
:   sta 0,x
    inx
    bne :-
:   bit PPUSTATUS
    bpl :-

    lda #<(__CSTACK_START__ + __CSTACK_SIZE__)
    sta sp
    lda #>(__CSTACK_START__ + __CSTACK_SIZE__)
    sta sp+1
    jsr zerobss
    jsr copydata
    lda #$5A
    sta seed
    lda #NMI_ON
    sta PPUCTRL
    jmp _main

; void waitFrame(void): shows what was drawn, and reads the pads.
_waitFrame:
    ldx _queueLength
    lda #0
    sta _queue,x                ; no address has a high byte of 0
    inc ready
:   lda ready
    bne :-
    sta _queueLength
    rts

; void screenOff(void), screenOn(void): between them the picture unit's memory is free to write.
_screenOff:
    jsr _waitFrame
    lda #0
    sta PPUCTRL
    sta PPUMASK
    rts

_screenOn:
    bit PPUSTATUS
:   bit PPUSTATUS
    bpl :-
    lda #NMI_ON
    sta PPUCTRL
    rts                         ; the next vblank turns rendering on

; unsigned char random(void): sixteen-bit Galois LFSR, eight steps.
_random:
    ldy #8
    lda seed
:   asl a
    rol seed+1
    bcc :+
    eor #$39
:   dey
    bne :--
    sta seed
    ldx #0
    rts

vblank:
    pha
    txa
    pha
    tya
    pha
    inc _frames
    inc seed+1                  ; when somebody presses start is the best dice
    bne :+
    inc seed
:   lda ready
    beq :+
    jsr update
:   lda #0
    sta PPUSCROLL
    sta PPUSCROLL
    lda #NMI_ON
    sta PPUCTRL
    lda #SHOW
    sta PPUMASK
    lda ready
    beq :+
    jsr readPads
    lda #0
    sta ready
:   pla
    tay
    pla
    tax
    pla
nothing:
    rti

update:
    lda #0
    sta OAMADDR
    lda #>_oam
    sta OAMDMA
    ldx #0
entry:
    lda _queue,x
    beq sendAttributes
    sta PPUADDR
    lda _queue+1,x
    sta PPUADDR
    ldy _queue+2,x
    inx
    inx
    inx
:   lda _queue,x
    sta PPUDATA
    inx
    dey
    bne :-
    jmp entry
sendAttributes:
    lda #>ATTRIBUTES
    sta PPUADDR
    lda #<ATTRIBUTES
    sta PPUADDR
    .repeat 64, n
        lda _attributes+n
        sta PPUDATA
    .endrepeat
    rts

readPads:
    lda #1
    sta PAD1
    lsr a
    sta PAD1
    ldx #1
nextPad:
    lda _pads,x
    sta before,x
    ldy #8
:   lda PAD1,x
    lsr a                       ; the first bit comes first: A ends highest
    rol _pads,x
    dey
    bne :-
    lda before,x
    eor #$FF
    and _pads,x
    sta _pressed,x
    dex
    bpl nextPad
    rts

.segment "VECTORS"
    .word vblank, reset, nothing
