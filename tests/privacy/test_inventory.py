"""The inventory that a build writes down, and what is no inventory."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plugins.privacy.inventory import Inventory, Link, Seen, Spool, read_inventory

PAGES = [
    Inventory(
        "a/index.html", (Seen("x.example", "https://x.example/", "youtube", "iframe src"),), (), ("content/a.md",)
    ),
    Inventory("b/index.html", (), (Link("y.example", "//y.example/\n\u2028,\udcff", "partner", "", "", ""),)),
]


def written(folder: Path, pages: list[Inventory]) -> Path:
    """Return the file with the inventories of some pages."""
    with Spool() as spool:
        for page in pages:
            spool.add(page)
        spool.write(folder / "inventory.json")
    return folder / "inventory.json"


@pytest.mark.parametrize("pages", [[], PAGES[:1], PAGES])
def test_what_is_written_is_one_document_and_is_read_again(tmp_path: Path, pages: list[Inventory]) -> None:
    path = written(tmp_path, pages[::-1])

    assert list(read_inventory(path)) == pages
    document = json.loads(path.read_text("utf-8", "surrogatepass"))
    assert [page["page"] for page in document["pages"]] == [page.page for page in pages]


def test_a_file_that_was_cut_off_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, PAGES)
    path.write_bytes(path.read_bytes().removesuffix(b"\n]}\n") + b"\n")

    with pytest.raises(ValueError, match="its end is missing"):
        list(read_inventory(path))


@pytest.mark.parametrize("text", ["[]", "null", "[1]", "1", "{}", '{"columns": []}', ""])
def test_what_this_version_has_not_written_is_told_and_not_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "inventory.json"
    path.write_text(text, "utf-8")

    with pytest.raises(ValueError):  # noqa: PT011  # of json as well
        list(read_inventory(path))
