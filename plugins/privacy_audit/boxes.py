"""What the boxes of HEIC, AVIF, MP4 and QuickTime files tell: their metadata, and never their pictures.

Sources: ISO/IEC 14496-12 (boxes; items: `iinf`, `iloc`), ISO/IEC 23008-12 (items `Exif`, and XMP as `mime`), Apple,
QuickTime File Format (`udta`, `keys`), 3GPP TS 26.244 (`loci`), Adobe, XMP Specification Part 3 (where XMP stands).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

_CONTAINERS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"udta", b"meta"})
_XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_PLACES = frozenset({b"\xa9xyz", b"loci", b"gpmd", b"camm"})  # the last two: tracks of positions
_MAKERS = {
    b"\xa9mak": "maker of the camera",
    b"manu": "maker of the camera",
    b"\xa9mod": "model of the camera",
    b"modl": "model of the camera",
    b"\xa9aut": "author",
    b"auth": "author",
}
_KEYS = {
    b"com.apple.quicktime.make": "maker of the camera",
    b"com.apple.quicktime.model": "model of the camera",
    b"com.apple.quicktime.author": "author",
    b"com.android.manufacturer": "maker of the camera",
    b"com.android.model": "model of the camera",
}
_PLACE_KEYS = (b"com.apple.quicktime.location.", b"com.android.location")
_LARGEST = 16_000_000  # bytes of metadata
_DEEPEST = 8  # boxes inside boxes; those that are looked for lie five deep


class Box(NamedTuple):
    """A box: its kind, and where its content stands in the file."""

    kind: bytes
    start: int
    end: int


class InFilm(NamedTuple):
    """What a film tells: whether a place; words for who made it and with what; its XMP."""

    has_place: bool
    named: tuple[str, ...]
    xmp: bytes


def boxes(file: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """Yield the boxes between two places of a file, as far as there are any."""
    while start + 8 <= end:
        file.seek(start)
        size, kind = struct.unpack(">I4s", file.read(8))
        head = 8
        if size == 1:
            (size,) = struct.unpack(">Q", file.read(8))
            head = 16
        size = size or end - start
        if size < head or start + size > end:
            return
        yield Box(kind, start + head, start + size)
        start += size


def in_film(file: BinaryIO, length: int) -> InFilm:
    """Return what an MP4 or QuickTime file tells about itself."""
    found: set[bytes] = set()
    named, xmp = [], b""
    for box in _all(file, 0, length):
        if box.kind in _MAKERS:
            named.append(_MAKERS[box.kind])
        elif box.kind == b"XMP_" or (box.kind == b"uuid" and _content(file, box, 16) == _XMP_UUID):
            xmp += _content(file, box)
        elif box.kind == b"keys":
            for key in _keys(_content(file, box)):
                named += [_KEYS[key]] if key in _KEYS else []
                found.update({b"loci"} if key.startswith(_PLACE_KEYS) else ())
        found.add(box.kind)
    return InFilm(bool(found & _PLACES), tuple(named), xmp)


def _all(file: BinaryIO, start: int, end: int, depth: int = 0) -> Iterator[Box]:
    for box in boxes(file, start, end):
        yield box
        if box.kind in _CONTAINERS and depth < _DEEPEST:
            # `meta` is a full box in MP4, with four bytes before its boxes, and in QuickTime it is none
            is_full = box.kind == b"meta" and _content(file, box, 8)[4:] != b"hdlr"
            yield from _all(file, box.start + 4 * is_full, box.end, depth + 1)
        elif box.kind == b"stsd":
            yield from boxes(file, box.start + 8, box.end)


def _content(file: BinaryIO, box: Box, most: int = _LARGEST) -> bytes:
    file.seek(box.start)
    return file.read(min(box.end - box.start, most))


def _keys(content: bytes) -> Iterator[bytes]:
    place = 8
    while place + 8 <= len(content):
        (size,) = struct.unpack_from(">I", content, place)
        if size < 8:
            return
        yield content[place + 8 : place + size]
        place += size


def in_picture(file: BinaryIO, length: int) -> tuple[bytes, bytes]:
    """Return the Exif data (from the TIFF header on) and the XMP of a HEIC or AVIF picture, empty where it has none.
    Raises `ValueError` and `struct.error` for lists that end too early."""
    meta = next((box for box in boxes(file, 0, length) if box.kind == b"meta"), None)
    if meta is None:
        return b"", b""
    inside = {box.kind: box for box in boxes(file, meta.start + 4, meta.end)}
    if b"iinf" not in inside or b"iloc" not in inside:
        return b"", b""
    places = _places(_content(file, inside[b"iloc"]))
    exif = xmp = b""
    for number, kind, media_type in _items(file, inside[b"iinf"]):
        data = b"".join(_extents(file, places.get(number), inside.get(b"idat")))
        if kind == b"Exif" and len(data) > 4:
            exif += data[4 + struct.unpack(">I", data[:4])[0] :]
        elif kind == b"mime" and media_type == b"application/rdf+xml":
            xmp += data
    return exif, xmp


def _items(file: BinaryIO, iinf: Box) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield number, kind and media type of the items."""
    is_short = _content(file, iinf, 1) == b"\0"
    for box in boxes(file, iinf.start + (6 if is_short else 8), iinf.end):
        entry = _content(file, box)
        if box.kind != b"infe" or entry[:1] < b"\2":
            continue
        wide = entry[:1] > b"\2"
        (number,) = struct.unpack_from(">I" if wide else ">H", entry, 4)
        rest = entry[10 if wide else 8 :]
        _, _, media_type = rest[4:].partition(b"\0")
        yield number, rest[:4], media_type.partition(b"\0")[0]


class _Place(NamedTuple):
    """Where an item stands. is_inside: in the box `idat`, else in the file. extents: offsets and lengths."""

    is_inside: bool
    extents: tuple[tuple[int, int], ...]


def _places(content: bytes) -> dict[int, _Place]:
    """Return where the items stand, by number, from the box `iloc`."""
    at = 0

    def number(size: int) -> int:
        nonlocal at
        if at + size > len(content):
            raise ValueError("a list that ends too early")
        at += size
        return int.from_bytes(content[at - size : at])

    version = number(1)
    number(3)  # flags
    sizes = number(2)
    of_offset, of_length, of_base, of_index = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, sizes & 15
    found = {}
    for _ in range(number(4 if version > 1 else 2)):
        name = number(4 if version > 1 else 2)
        method = number(2) & 15 if version else 0
        number(2)  # in which file: this one
        base, extents = number(of_base), []
        for _ in range(number(2)):
            number(of_index if version else 0)
            extents.append((base + number(of_offset), number(of_length)))
        found[name] = _Place(method == 1, tuple(extents))
    return found


def _extents(file: BinaryIO, place: _Place | None, idat: Box | None) -> Iterator[bytes]:
    if place is None:
        return
    for offset, length in place.extents:
        file.seek(offset + (idat.start if place.is_inside and idat else 0))
        yield file.read(min(length, _LARGEST))
