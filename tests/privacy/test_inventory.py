"""The inventory that a build writes down, and what is no inventory."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.privacy.inventory import read_inventory


@pytest.mark.parametrize("text", ["[]", "null", "[1]", "1", "{}", '{"columns": []}', ""])
def test_what_this_version_has_not_written_is_told_and_not_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "inventory.json"
    path.write_text(text, "utf-8")

    with pytest.raises(ValueError):  # noqa: PT011  # of json as well
        list(read_inventory(path))
