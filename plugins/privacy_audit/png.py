"""What the texts and the Exif data of a PNG tell, for which Pillow would decode the whole picture.

Sources: W3C, PNG (third edition), sections 5.3 (chunks), 11.3.3 (texts) and 11.3.4.3 (`eXIf`); ImageMagick and
ExifTool, which keep Exif, XMP and IPTC data as hexadecimal "raw profiles" in texts.
"""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_LARGEST = 16_000_000  # bytes of metadata
_XMP = b"XML:com.adobe.xmp"
_AUTHOR = (b"author", b"artist", b"creator")


def texts_of(path: Path) -> tuple[bytes, bytes, tuple[str, ...]]:
    """Return the Exif data (empty where there are none), the XMP, and words for what other texts name."""
    exif, xmp, named = b"", b"", []
    with path.open("rb") as file:
        if file.read(len(_SIGNATURE)) != _SIGNATURE:
            raise ValueError("no PNG")
        while header := file.read(8):
            length, kind = struct.unpack(">I4s", header)
            if kind == b"eXIf":
                exif += file.read(min(length, _LARGEST))
            elif kind in (b"tEXt", b"zTXt", b"iTXt"):
                key, text = _text(kind, file.read(min(length, _LARGEST)))
                if key == _XMP:
                    xmp += text
                elif key.lower() in _AUTHOR and text.strip():
                    named.append("photographer")
                elif key.lower() in (b"raw profile type exif", b"raw profile type app1"):
                    exif += _profile(text)
                elif key.lower() == b"raw profile type xmp":
                    xmp += _profile(text)
            else:
                file.seek(length, os.SEEK_CUR)
            file.seek(4, os.SEEK_CUR)  # the checksum
    return exif, xmp, tuple(named)


def _text(kind: bytes, chunk: bytes) -> tuple[bytes, bytes]:
    """Return keyword and text of a chunk, unpacked."""
    key, _, rest = chunk.partition(b"\0")
    is_packed = kind == b"zTXt"
    if kind == b"zTXt":
        rest = rest[1:]  # the method: there is one
    elif kind == b"iTXt":
        is_packed, rest = rest[:1] == b"\1", rest[2:]
        rest = rest.partition(b"\0")[2].partition(b"\0")[2]  # language, and the keyword in it
    try:
        return key, zlib.decompressobj().decompress(rest, _LARGEST) if is_packed else rest
    except zlib.error as error:
        raise ValueError("a text that cannot be unpacked") from error


def _profile(text: bytes) -> bytes:
    """Return the data of a raw profile: a name and a length, a line each, then hexadecimal digits."""
    words = text.split()
    return bytes.fromhex(b"".join(words[2:]).decode("ascii")) if len(words) > 2 else b""
