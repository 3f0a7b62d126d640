"""What is worth packing is packed, always into the same bytes; the rest is left alone."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest

from plugins.precompress.packing import SMALLEST, packed_form
from tests.site_kit import files, new_site


@pytest.mark.parametrize("content", [b"", b"a" * (SMALLEST - 1), random.Random(1).randbytes(2 * SMALLEST)])
def test_what_gains_nothing_is_left_alone(content: bytes) -> None:
    assert packed_form(content) is None


def test_the_packed_form_holds_the_content_and_neither_time_nor_name() -> None:
    packed = packed_form(b"word " * SMALLEST)

    assert packed is not None
    assert gzip.decompress(packed) == b"word " * SMALLEST
    assert (packed[3], packed[4:8]) == (0, b"\0\0\0\0"), "no name in the flags, no time"
    assert packed == packed_form(b"word " * SMALLEST)


@pytest.mark.slow
def test_a_site_is_packed_as_it_was_judged(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    site.add("pelicanconf.py", "from plugins import precompress\nPLUGINS = [*PLUGINS, precompress]\n")
    site.add("content/pages/home.md", "\nWords. " * 200)
    site.write("content/extra/small.txt", "small")
    site.write("content/extra/picture.png", "not read " * SMALLEST)

    assert site.build().code == 0

    built = files(site.output)
    packed = {name for name in built if name.endswith(".gz")}
    assert "index.html.gz" in packed
    assert packed.isdisjoint({"extra/small.txt.gz", "extra/picture.png.gz"})
    for name in packed:
        assert gzip.decompress(built[name]) == built[name.removesuffix(".gz")]
    assert site.build().code == 0
    assert files(site.output) == built


@pytest.mark.slow
def test_a_file_that_goes_takes_its_packed_form_along(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    site.add("pelicanconf.py", "from plugins import precompress\nPLUGINS = [*PLUGINS, precompress]\n")
    site.write("content/extra/long.txt", "word " * SMALLEST)
    assert site.build().code == 0
    assert "extra/long.txt.gz" in files(site.output)

    (site.folder / "content/extra/long.txt").unlink()

    assert site.build().code == 0
    assert [name for name in files(site.output) if "long" in name] == []
