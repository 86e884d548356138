; From power-on to main(), the vertical blank, and what C cannot do fast enough.

    .module crt0
    .globl _main, _sprites, _changes, _changeCount, _frames, _isColour, _ready
    .globl s__INITIALIZER, s__INITIALIZED, l__INITIALIZER

    LCDC = 0x40
    DMA  = 0x46
    VBK  = 0x4F
    IF   = 0x0F
    IE   = 0xFF

    .area _HEADER (ABS)

    .org 0x40
    jp vblank

    .org 0x100
    nop
    jp start

    ; The header up to 0x14F, with the bitmap that the hardware and some emulators check, the title,
    ; and the checksums, is makebin's.

    .org 0x150
start:
    di
    ld sp, #0xE000
    ld c, a                      ; 0x11 on a machine with colour
    xor a, a
    ldh (IF), a
    ld hl, #0xC000               ; all of the work memory but the stack
    ld de, #0x1F00
clear:
    xor a, a
    ld (hl+), a
    dec de
    ld a, d
    or a, e
    jr nz, clear
    ld a, c
    cp a, #0x11
    jr nz, noColour
    ld a, #1
    ld (_isColour), a
noColour:
    ld hl, #sendSprites          ; must run from high memory: nothing else is visible meanwhile
    ld bc, #0x0C80               ; 12 bytes to FF80
copy:
    ld a, (hl+)
    ldh (c), a
    inc c
    dec b
    jr nz, copy
    call gsinit
    ld a, #1
    ldh (IE), a
    ei
    call _main
stop:
    halt
    nop
    jr stop

sendSprites:
    ld a, #>_sprites
    ldh (DMA), a
    ld a, #40
sending:
    dec a
    jr nz, sending
    ret

vblank:
    push af
    push bc
    push de
    push hl
    ld hl, #_frames
    inc (hl)
    ld a, (_ready)
    or a, a
    jr z, late
    call 0xFF80
    call sendChanges
    xor a, a
    ld (_changeCount), a
    ld (_ready), a
late:
    pop hl
    pop de
    pop bc
    pop af
    reti

; Changes of the background: address high, low, tile, palette. Each tile, then its palette in the
; other bank, which machines without colour do not have.
sendChanges:
    ld a, (_changeCount)
    or a, a
    ret z
    ld b, a
    ld hl, #_changes
    ld a, (_isColour)
    or a, a
    jr z, sendTiles
sendBoth:
    ld a, (hl+)
    ld d, a
    ld a, (hl+)
    ld e, a
    ld a, (hl+)
    ld (de), a
    ld a, #1
    ldh (VBK), a
    ld a, (hl+)
    ld (de), a
    xor a, a
    ldh (VBK), a
    dec b
    jr nz, sendBoth
    ret
sendTiles:
    ld a, (hl+)
    ld d, a
    ld a, (hl+)
    ld e, a
    ld a, (hl+)
    ld (de), a
    inc hl
    dec b
    jr nz, sendTiles
    ret

    .area _CODE
    .area _HOME
    .area _INITIALIZER
    .area _GSINIT
gsinit:                          ; gives variables their first values
    ld bc, #l__INITIALIZER
    ld hl, #s__INITIALIZER
    ld de, #s__INITIALIZED
copyInitial:
    ld a, b
    or a, c
    ret z
    ld a, (hl+)
    ld (de), a
    inc de
    dec bc
    jr copyInitial
    .area _GSFINAL

    .area _SPRITES
_sprites::
    .ds 160

    .area _DATA
_frames::
    .ds 1
_isColour::
    .ds 1
_ready::
    .ds 1
_changeCount::
    .ds 1
_changes::
    .ds 4 * 24
    .area _INITIALIZED
    .area _BSEG
    .area _BSS
    .area _HEAP
