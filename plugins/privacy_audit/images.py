"""Checks of pictures: what their hidden data tell about a place, a person or a camera."""

from __future__ import annotations

import os
import struct
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from PIL import ExifTags, Image, UnidentifiedImageError

from ..privacy.findings import Finding
from .checks import IMAGE_CAMERA, IMAGE_LOCATION
from .files import File

PICTURES = (".jpg", ".jpeg", ".jpe", ".png", ".webp", ".avif", ".tif", ".tiff")
_MAIN = {
    ExifTags.Base.Make: "maker of the camera",
    ExifTags.Base.Model: "model of the camera",
    ExifTags.Base.Artist: "photographer",
    ExifTags.Base.HostComputer: "computer",
}
_DETAILS = {
    ExifTags.Base.CameraOwnerName: "owner of the camera",
    ExifTags.Base.BodySerialNumber: "serial number of the camera",
    ExifTags.Base.LensSerialNumber: "serial number of the lens",
}
# Names of XMP properties (Adobe, XMP Specification Part 2: Exif and TIFF schemas)
_XMP_PLACES = (b"GPSLatitude", b"GPSLongitude", b"exif:GPS")
_XMP_CAMERAS = {b"tiff:Model": "model of the camera", b"aux:SerialNumber": "serial number of the camera"}
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_WAY_OUT = "Save it without metadata; for example: exiftool -all= FILE, or: mogrify -strip FILE"


class Metadata(NamedTuple):
    """What a picture tells about itself."""

    has_place: bool
    camera: tuple[str, ...]


def metadata(file: File) -> Metadata:
    """Return what the hidden data of a picture tell. The picture itself is not decoded."""
    try:
        if file.kind == ".png":
            exif, xmp = _of_png(file.path)
        else:
            with warnings.catch_warnings(action="ignore"), Image.open(file.path) as picture:
                exif, xmp = picture.getexif(), picture.info.get("xmp") or b""
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, struct.error, Image.DecompressionBombError):
        return Metadata(False, ())  # no browser shows it as a picture either
    details = exif.get_ifd(ExifTags.IFD.Exif)
    named = [word for tag, word in _MAIN.items() if str(exif.get(tag) or "").strip()]
    named += [word for tag, word in _DETAILS.items() if str(details.get(tag) or "").strip()]
    named += [word for mark, word in _XMP_CAMERAS.items() if mark in xmp]
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    has_place = any(tag in place for tag in (ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLongitude))
    return Metadata(has_place or any(mark in xmp for mark in _XMP_PLACES), tuple(dict.fromkeys(named)))


def _of_png(path: Path) -> tuple[Image.Exif, bytes]:
    """Return the Exif and XMP data of a PNG, for which the library would decode the whole picture.

    Source: W3C, PNG (third edition), sections 5.3 (chunks) and 11.3 (ancillary chunks).
    """
    exif, xmp = Image.Exif(), b""
    with path.open("rb") as file:
        file.seek(len(_PNG_SIGNATURE))
        while header := file.read(8):
            length, name = struct.unpack(">I4s", header)
            if name == b"eXIf":
                exif.load(file.read(length))
            elif name == b"iTXt":
                xmp += file.read(length)
            else:
                file.seek(length, os.SEEK_CUR)
            file.seek(4, os.SEEK_CUR)  # the checksum
    return exif, xmp


def image_location(file: File) -> Iterator[Finding]:
    """A picture whose Exif or XMP data hold coordinates.

    Example: a photo of a phone with location switched on, copied into content/images/
    """
    if file.kind in PICTURES and metadata(file).has_place:
        what = "This picture says in its hidden data where it was taken."
        yield Finding(IMAGE_LOCATION, what, _WAY_OUT, page=file.name, subject=file.name)


def image_camera(file: File) -> Iterator[Finding]:
    """A picture whose Exif or XMP data name its photographer, its camera or a serial number.

    Example: a photo as the camera wrote it
    """
    camera = metadata(file).camera if file.kind in PICTURES else ()
    if camera:
        what = f"This picture names in its hidden data: {', '.join(camera)}."
        yield Finding(IMAGE_CAMERA, what, _WAY_OUT, page=file.name, subject=file.name)
