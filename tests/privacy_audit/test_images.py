"""What pictures and films tell in their hidden data is found wherever it may stand, and nothing else is told."""

from __future__ import annotations

import io
import struct
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image

from plugins.privacy.extension import Staged
from plugins.privacy_audit.boxes import in_film, in_picture
from plugins.privacy_audit.output import audit
from tests.kit import declared

PIXEL = Image.new("RGB", (1, 1))
XMP_PLACE = b'<x:xmpmeta><rdf:Description exif:GPSLatitude="52,31N"/></x:xmpmeta>'
XMP_NAMES = b'<x:xmpmeta><rdf:Description photoshop:City="Musterstadt"><dc:creator>A</dc:creator></rdf:Description>'
BOTH = {"image-location", "image-camera"}


def exif(*, has_place: bool = True, has_camera: bool = False) -> Image.Exif:
    """Exif data with coordinates, a camera, or neither."""
    made = Image.Exif()
    made[ExifTags.Base.Software] = "Editor"
    if has_camera:
        made[ExifTags.Base.Model] = "Camera 1"
    if has_place:
        made.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (52.0, 31.0, 0.0)
    return made


def picture(form: str, **options: object) -> bytes:
    """A picture as Pillow writes it."""
    file = io.BytesIO()
    PIXEL.save(file, form, **options)
    return file.getvalue()


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG with more chunks before its picture."""
    plain = picture("PNG")
    more = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return plain[:33] + more + plain[33:]


def box(kind: bytes, *content: bytes) -> bytes:
    """A box of an MP4 or HEIC file."""
    data = b"".join(content)
    return struct.pack(">I4s", 8 + len(data), kind) + data


def heic(exif_data: bytes, xmp: bytes) -> bytes:
    """A HEIC file with two items and no picture: Exif in the file, XMP in the box `idat`."""
    infe = box(b"infe", b"\2\0\0\0", struct.pack(">HH4s", 1, 0, b"Exif"), b"\0")
    infe += box(b"infe", b"\2\0\0\0", struct.pack(">HH4s", 2, 0, b"mime"), b"\0application/rdf+xml\0")
    start = box(b"ftyp", b"heic\0\0\0\0mif1")

    def made(offset: int) -> bytes:
        iloc = box(
            b"iloc",
            b"\1\0\0\0\x44\0",
            struct.pack(">H", 2),
            struct.pack(">HHHHII", 1, 0, 0, 1, offset, 4 + len(exif_data)),
            struct.pack(">HHHHII", 2, 1, 0, 1, 0, len(xmp)),
        )
        iinf = box(b"iinf", b"\0\0\0\0", struct.pack(">H", 2), infe)
        return start + box(b"meta", b"\0\0\0\0", iinf, iloc, box(b"idat", xmp))

    return made(len(made(0)) + 8) + box(b"mdat", b"\0\0\0\0", exif_data)


def keys(*names: bytes) -> bytes:
    """The names of QuickTime's metadata."""
    return box(b"keys", struct.pack(">II", 0, len(names)), *(box(b"mdta", name) for name in names))


def film(*inside: bytes, brand: bytes = b"isom") -> bytes:
    """A film without pictures, with boxes in its box `moov`."""
    return box(b"ftyp", brand, b"\0\0\0\0") + box(b"mdat", bytes(8)) + box(b"moov", box(b"mvhd", bytes(100)), *inside)


def found(folder: Path, name: str, data: bytes) -> dict[str, str]:
    """Return what is told of one file, by check."""
    (folder / name).write_bytes(data)
    return {finding.check.name: finding.what for finding in audit(Staged(declared(), folder, ""))}


TIFF = exif().tobytes().removeprefix(b"Exif\0\0")
RAW = b"\nexif\n" + str(len(TIFF)).encode() + b"\n" + TIFF.hex().encode() + b"\n"
PLACES = {
    "exif.jpg": picture("JPEG", exif=exif()),
    "xmp.jpg": picture("JPEG", xmp=XMP_PLACE),
    "exif.webp": picture("WEBP", exif=exif()),
    "xmp.webp": picture("WEBP", xmp=XMP_PLACE),
    "exif.avif": picture("AVIF", exif=exif()),
    "xmp.avif": picture("AVIF", xmp=XMP_PLACE),
    "exif.tiff": picture("TIFF", tiffinfo={int(ExifTags.IFD.GPSInfo): {2: (52.0, 31.0, 0.0)}}),
    "xmp.tif": picture("TIFF", tiffinfo={700: XMP_PLACE}),
    "exif.heic": heic(TIFF, b""),
    "xmp.heif": heic(b"", XMP_PLACE),
    "exif.png": png((b"eXIf", TIFF)),
    "xmp.png": png((b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP_PLACE)),
    "packed-xmp.png": png((b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(XMP_PLACE))),
    "raw.png": png((b"tEXt", b"Raw profile type exif\0" + RAW)),
    "packed-raw.png": png((b"zTXt", b"Raw profile type APP1\0\0" + zlib.compress(RAW))),
    "phone.mp4": film(box(b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7+52.5167+013.3833/"))),
    "phone.3gp": film(box(b"udta", box(b"loci", bytes(20)))),
    "phone.mov": film(
        box(b"meta", box(b"hdlr", bytes(24)), keys(b"com.apple.quicktime.location.ISO6709")), brand=b"qt  "
    ),
    "android.mp4": film(box(b"meta", bytes(4), box(b"hdlr", bytes(24)), keys(b"com.android.location"))),
    "xmp.mp4": box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac"), XMP_PLACE) + film(),
    "track.mp4": film(
        box(b"trak", box(b"mdia", box(b"minf", box(b"stbl", box(b"stsd", bytes(8), box(b"gpmd", bytes(8)))))))
    ),
}
NAMES = {
    "iptc.jpg": (
        b"\xff\xd8\xff\xed\0\x22Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x06\x1c\x02\x50\0\1A" + picture("JPEG")[2:],
        "photographer",
    ),
    "exif.jpg": (picture("JPEG", exif=exif(has_place=False, has_camera=True)), "model of the camera"),
    "xmp.webp": (picture("WEBP", xmp=XMP_NAMES), "photographer, city"),
    "author.png": (png((b"tEXt", b"Author\0Jane Doe")), "photographer"),
    "film.mov": (film(box(b"udta", box(b"\xa9mak", b"A"), box(b"\xa9mod", b"B"), bytes(4))), "maker of the camera, model of the camera"),
    "film.m4v": (film(box(b"meta", bytes(4), box(b"hdlr", bytes(24)), keys(b"com.android.model"))), "model of the camera"),
}  # fmt: skip


@pytest.mark.parametrize("name", PLACES)
def test_a_place_is_found_wherever_it_stands(tmp_path: Path, name: str) -> None:
    noun = "film" if name.endswith(("mp4", "mov", "3gp")) else "picture"

    assert found(tmp_path, name, PLACES[name]) == {
        "image-location": f"This {noun} says in its hidden data where it was taken."
    }


@pytest.mark.parametrize("name", NAMES)
def test_names_are_found_wherever_they_stand(tmp_path: Path, name: str) -> None:
    data, named = NAMES[name]
    noun = "film" if name.startswith("film") else "picture"

    assert found(tmp_path, name, data) == {"image-camera": f"This {noun} names in its hidden data: {named}."}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        *((f"plain.{form.lower()}", picture(form)) for form in ("JPEG", "PNG", "WEBP", "AVIF", "TIFF")),
        ("plain.heic", heic(exif(has_place=False).tobytes().removeprefix(b"Exif\0\0"), b"")),
        ("plain.mp4", film(box(b"udta", box(b"\xa9nam", b"A title")))),
        ("comment.png", png((b"tEXt", b"Comment\0Drawn by hand"), (b"tEXt", b"Author\0 "))),
        ("no-picture.jpg", b"text"),
        ("no-film.mp4", b"text"),
        ("broken.png", png((b"zTXt", b"Comment\0\0no zlib"))),
    ],
)
def test_pictures_and_films_that_tell_nothing_are_in_order(tmp_path: Path, name: str, data: bytes) -> None:
    assert found(tmp_path, name, data) == {}


@pytest.mark.parametrize("start", [b"", heic(TIFF, XMP_PLACE), film(box(b"udta", box(b"\xa9xyz", b"+52")))])
@given(tail=st.binary(max_size=80), cut=st.integers(0, 400))
def test_broken_boxes_are_read_to_the_end(start: bytes, tail: bytes, cut: int) -> None:
    data = start[:cut] + tail
    in_film(io.BytesIO(data), len(data))
    with suppress(ValueError, struct.error):  # as it says
        in_picture(io.BytesIO(data), len(data))
