"""Draws content/images/rack-heat-*.png: the front of a rack in the colours of its temperature, before and after its
gaps are closed. Run it in the root of the project: python theme/artwork/rack_heat.py
"""

import math
import struct
import zlib
from pathlib import Path

IMAGES = Path("content/images")
WIDTHS = (480, 960, 1440)
UNITS = 14  # machines above each other
COLDEST, WARMEST = 20.0, 39.0  # degrees Celsius
GROUND, LINE = (0x14, 0x27, 0x2D), (0x0D, 0x1A, 0x1F)
# From cold to warm, in equal steps
SCALE = (
    (0x1B, 0x4B, 0x57),
    (0x23, 0x86, 0x8C),
    (0x8B, 0xC9, 0xA4),
    (0xF5, 0xD0, 0x6F),
    (0xF0, 0x8A, 0x4B),
    (0xC9, 0x3D, 0x3A),
)
SHADES = 96


def temperature(across: float, down: float, is_closed: bool) -> float:
    """Return the temperature at a place of the front. across, down: from 0 to 1, from the left and from the top."""
    gentle = 22 + 4 * (1 - down) ** 1.5 + 0.4 * math.sin(9 * across) * math.sin(7 * down)
    if is_closed:
        return gentle
    returning = 12 * math.exp(-((down / 0.3) ** 2)) * (0.82 + 0.18 * math.cos(math.pi * (across - 0.42) * 1.6))
    return gentle + returning


def shade(degrees: float) -> int:
    """Return the number of the colour of a temperature; 0 and 1 are the ground and the lines."""
    part = (degrees - COLDEST) / (WARMEST - COLDEST)
    return 2 + max(0, min(SHADES - 1, int(part * SHADES)))


def palette() -> bytes:
    """Return all colours, three bytes each."""
    colours = [GROUND, LINE]
    for step in range(SHADES):
        place = step / (SHADES - 1) * (len(SCALE) - 1)
        low = min(int(place), len(SCALE) - 2)
        pairs = zip(SCALE[low], SCALE[low + 1], strict=True)
        colours.append(tuple(round(a + (b - a) * (place - low)) for a, b in pairs))  # type: ignore[arg-type]
    return b"".join(bytes(colour) for colour in colours)


def pixel(x: float, y: float) -> int:
    """Return the colour of a place of the picture, both from 0 to 1: two racks beside each other."""
    across, is_closed = ((x - 0.06) / 0.4, False) if x < 0.5 else ((x - 0.54) / 0.4, True)
    down = (y - 0.08) / 0.84
    if not (0 <= across < 1 and 0 <= down < 1):
        return 0
    unit = down * UNITS % 1
    is_gap = not is_closed and int(down * UNITS) in (2, 5, 9)
    if unit > 0.93 or is_gap or across < 0.012 or across > 0.988:
        return 1
    return shade(temperature(across, (int(down * UNITS) + 0.5) / UNITS * 0.6 + down * 0.4, is_closed))


def png(width: int, height: int) -> bytes:
    """Return the picture as a PNG with a palette (https://www.w3.org/TR/png/)."""
    rows = (bytes([0, *(pixel(x / width, y / height) for x in range(width))]) for y in range(height))
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", palette()),
        (b"IDAT", zlib.compress(b"".join(rows), 9)),
        (b"IEND", b""),
    ]
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


if __name__ == "__main__":
    for width in WIDTHS:
        (IMAGES / f"rack-heat-{width}.png").write_bytes(png(width, width // 2))
