"""Checks of pictures and films: what their hidden data tell about a place, a person or a camera."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from typing import NamedTuple

from PIL import ExifTags, Image, IptcImagePlugin, UnidentifiedImageError

from ..privacy.findings import Finding
from .boxes import in_film, in_picture
from .checks import IMAGE_CAMERA, IMAGE_LOCATION
from .files import File
from .png import texts_of

_IN_BOXES = (".heic", ".heif", ".hif", ".avif")
_FILMS = (".mp4", ".m4v", ".mov", ".qt", ".3gp", ".3g2")
_OTHERS = (".jpg", ".jpeg", ".jpe", ".jfif", ".webp", ".tif", ".tiff")
_READ = (*_IN_BOXES, *_FILMS, *_OTHERS, ".png")
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
# Names of XMP properties (Adobe, XMP Specification Part 2; CIPA DC-010: Exif 2.32 for XMP; IPTC Photo Metadata)
_XMP_PLACES = (b"GPSLatitude", b"GPSLongitude", b"exif:GPS")
_XMP_NAMES = {
    b"tiff:Make": "maker of the camera",
    b"tiff:Model": "model of the camera",
    b"aux:SerialNumber": "serial number of the camera",
    b"exifEX:BodySerialNumber": "serial number of the camera",
    b"aux:OwnerName": "owner of the camera",
    b"exifEX:CameraOwnerName": "owner of the camera",
    b"dc:creator": "photographer",
    b"photoshop:City": "city",
    b"Iptc4xmpCore:Location": "place in words",
}
# Datasets of IPTC-IIM 4.2, record 2
_IPTC_NAMES = {(2, 80): "photographer", (2, 90): "city", (2, 92): "place in words"}
_WAY_OUT = "Save it without metadata; for example: exiftool -all= FILE"


class Metadata(NamedTuple):
    """What a picture or film tells about itself."""

    has_place: bool
    named: tuple[str, ...]


class _Hidden(NamedTuple):
    """The hidden data themselves. named: what other forms of them name."""

    exif: Image.Exif
    xmp: bytes
    has_place: bool = False
    named: tuple[str, ...] = ()


def metadata(file: File) -> Metadata:
    """Return what the hidden data of a picture or film tell. The picture itself is not decoded."""
    try:
        hidden = _hidden(file)
        exif, xmp = hidden.exif, hidden.xmp
        details, place = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, struct.error, Image.DecompressionBombError):
        return Metadata(False, ())  # no browser shows it as a picture either
    named = [word for tag, word in _MAIN.items() if str(exif.get(tag) or "").strip()]
    named += [word for tag, word in _DETAILS.items() if str(details.get(tag) or "").strip()]
    named += [*hidden.named, *(word for mark, word in _XMP_NAMES.items() if mark in xmp)]
    has_place = hidden.has_place or any(tag in place for tag in (ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLongitude))
    return Metadata(has_place or any(mark in xmp for mark in _XMP_PLACES), tuple(dict.fromkeys(named)))


def _hidden(file: File) -> _Hidden:
    if file.kind == ".png":
        exif, xmp, named = texts_of(file.path)
        return _Hidden(_exif(exif), xmp, named=named)
    if file.kind in _OTHERS:
        with warnings.catch_warnings(action="ignore"), Image.open(file.path) as picture:
            iptc = IptcImagePlugin.getiptcinfo(picture) or {}
            named = tuple(word for key, word in _IPTC_NAMES.items() if iptc.get(key))
            return _Hidden(_with_parts(picture.getexif()), picture.info.get("xmp") or b"", named=named)
    length = file.path.stat().st_size
    with file.path.open("rb") as data:
        if file.kind in _IN_BOXES:
            exif, xmp = in_picture(data, length)
            return _Hidden(_exif(exif), xmp)
        film = in_film(data, length)
        return _Hidden(Image.Exif(), film.xmp, film.has_place, film.named)


def _exif(data: bytes) -> Image.Exif:
    exif = Image.Exif()
    if data:
        exif.load(data)
    return exif


def _with_parts(exif: Image.Exif) -> Image.Exif:
    """Return Exif data with their parts, which are read from the file as long as it is open."""
    for part in (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo):
        exif.get_ifd(part)
    return exif


def image_location(file: File) -> Iterator[Finding]:
    """A picture whose Exif or XMP data hold coordinates, or a film that says where it was taken.

    Example: a photo of a phone with location switched on, copied into content/images/
    """
    if file.kind in _READ and metadata(file).has_place:
        what = f"This {_noun(file)} says in its hidden data where it was taken."
        yield Finding(IMAGE_LOCATION, what, _WAY_OUT, page=file.name, subject=file.name)


def image_camera(file: File) -> Iterator[Finding]:
    """A picture or film whose hidden data name its author, the camera, a serial number, or a place in words.

    Example: a photo as the camera wrote it
    """
    named = metadata(file).named if file.kind in _READ else ()
    if named:
        what = f"This {_noun(file)} names in its hidden data: {', '.join(named)}."
        yield Finding(IMAGE_CAMERA, what, _WAY_OUT, page=file.name, subject=file.name)


def _noun(file: File) -> str:
    return "film" if file.kind in _FILMS else "picture"
