#!/usr/bin/env python3
"""Turns pictures drawn in text into tiles for the NES or the Game Boy.

A picture is a line ":name" and rows of the digits 0-3, or '.' for 0, a multiple of 8 wide and high.
It becomes tiles of 8 x 8 pixels: left to right, then down; with --tall, for sprites of 8 x 16, pairs
of tiles one above the other, left to right. '#' starts a comment line.
"""

import argparse
import re
from pathlib import Path


def pictures(text):
    """Yields (name, rows)."""
    name, rows = None, []
    for line in text.splitlines():
        if line.startswith('#'):
            continue
        if line.startswith(':'):
            if name is not None:
                yield name, rows
            name, rows = line[1:], []
        elif line.strip():
            rows.append([0 if c == '.' else int(c) for c in line.strip()])
    if name is not None:
        yield name, rows


def places(width, height, tall):
    """The upper left corners of a picture's tiles, in their order."""
    step = 16 if tall and height % 16 == 0 else 8
    for top in range(0, height, step):
        for left in range(0, width, 8):
            for row in range(top, top + step, 8):
                yield row, left


def tiles(name, rows, tall):
    width = len(rows[0]) if rows else 0
    if not rows or len(rows) % 8 or width % 8 or any(len(row) != width for row in rows):
        raise SystemExit(f'picture "{name}" is not made of whole tiles')
    for top, left in places(width, len(rows), tall):
        yield [row[left:left + 8] for row in rows[top:top + 8]]


def plane(row, bit):
    return sum((pixel >> bit & 1) << (7 - x) for x, pixel in enumerate(row))


def encode(tile, machine):
    low, high = ([plane(row, bit) for row in tile] for bit in (0, 1))
    if machine == 'nes':
        return bytes(low + high)
    return bytes(byte for pair in zip(low, high) for byte in pair)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument('--machine', choices=['nes', 'gb'], required=True)
    options.add_argument('--tall', action='store_true')
    options.add_argument('--binary', type=Path)
    options.add_argument('--header', type=Path, help='names become constants: TILE_<NAME>')
    options.add_argument('--c-array', help='also put the tiles into the header, under this name')
    options.add_argument('--pad', type=int, default=0, help='bytes that the binary has at least')
    options.add_argument('pictures', type=Path, nargs='+')
    options = options.parse_args()

    data, header = bytearray(), ['/* Made by tiles.py. */']
    for file in options.pictures:
        for name, rows in pictures(file.read_text()):
            if re.fullmatch('[a-z][a-zA-Z]+', name):
                constant = re.sub('([A-Z])', r'_\1', name).upper()
                header.append(f'#define TILE_{constant} {len(data) // 16}')
            for tile in tiles(name, rows, options.tall):
                data += encode(tile, options.machine)
    if len(data) // 16 > 256:
        raise SystemExit('more than 256 tiles')

    if options.c_array:
        header += ['', f'static const unsigned char {options.c_array}[] = {{']
        header += ['    ' + ', '.join(f'0x{b:02X}' for b in data[n:n + 16]) + ',' for n in range(0, len(data), 16)]
        header += ['};']
    if options.binary:
        options.binary.write_bytes(bytes(data).ljust(options.pad, b'\0'))
    if options.header:
        options.header.write_text('\n'.join(header) + '\n')


if __name__ == '__main__':
    main()
