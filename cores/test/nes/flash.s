; Latency probe: the whole screen changes colour, and a tone sounds, while A is held.
;
;   controller 1: white,  440 Hz (pulse 1)
;   controller 2: red,    660 Hz (pulse 2)
;   both:         yellow, both tones
;   none:         black,  silence
;
; LAG, if defined, is how many pictures later it does so: games have such a lag of their own.
;
; The pads are read first thing in the vertical blank, and the picture is nothing but the backdrop
; colour with rendering off: the very next picture shows what was held.

.include "nes.inc"

ines
vectors vblank, reset

.ifndef LAG
LAG = 0
.endif

.zeropage
held:  .res 1                   ; bit 0: controller 1, bit 1: controller 2
shown: .res LAG + 1             ; the same, of this picture and those before it

.code

reset:
    awaken
    jsr prepareTones
    lda #$80                    ; from here on, vblank is called for every frame
    sta PPUCTRL
idle:
    jmp idle

; Frequency is set once and only the volume changes later: writing a frequency restarts the wave
; with a click.
prepareTones:
    lda #%00000011              ; both pulse channels on
    sta APUSTATUS
    lda #$08                    ; no sweep
    sta PULSE1+1
    sta PULSE2+1
    lda #%00110000              ; volume 0
    sta PULSE1
    sta PULSE2
    lda #253                    ; 1789773 / (16 * 440) - 1
    sta PULSE1+2
    lda #168                    ; 1789773 / (16 * 660) - 1
    sta PULSE2+2
    lda #0
    sta PULSE1+3
    sta PULSE2+3
    rts

vblank:
    jsr readPads
    jsr remember
    jsr showColour
    jmp playTones               ; returns from the interrupt

; A is the first bit that a controller reports.
readPads:
    ldx #1
    stx PAD1
    dex
    stx PAD1
    lda PAD2
    lsr a
    rol held
    lda PAD1
    lsr a
    rol held
    lda held
    and #%11
    sta held
    rts

remember:
.repeat LAG, I
    lda shown + LAG - 1 - I
    sta shown + LAG - I
.endrepeat
    lda held
    sta shown
    rts

showColour:
    ppuAt PALETTE
    ldx shown + LAG
    lda colour,x
    sta PPUDATA
    ppuAt $0000                 ; with rendering off, an address inside the palette would show through
    rts

playTones:
    ldx shown + LAG
    lda volume1,x
    sta PULSE1
    lda volume2,x
    sta PULSE2
    rti

; Indexed by what is shown.
colour:  .byte BLACK, WHITE, RED, YELLOW
volume1: .byte %00110000, %10111111, %00110000, %10111111
volume2: .byte %00110000, %00110000, %10111111, %10111111
