"""What the site says to its own URLs: the files of a folder, with the headers of its `_headers`. Pure of browsers."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

HEADERS = "_headers"


def origin(url: str) -> str:
    """Return the origin of a URL."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def own_answer(folder: Path, root: str, url: str) -> dict[str, Any]:
    """Return what the site in a folder says to one of its own URLs: status, headers, body. root: the folder's URL."""
    path = unquote(urlsplit(url).path)
    name = path.removeprefix(urlsplit(root).path)
    file = next((file for file in _candidates(folder, name) if file.is_file()), None)
    found = file or folder / "404.html"
    kind = mimetypes.guess_type(found.name)[0] or "text/html"
    headers = {"content-type": f"{kind}; charset=utf-8" if kind.startswith("text/") else kind}
    headers.update(own_headers(folder, "/" + name))
    return {
        "status": 200 if file else 404,
        "headers": headers,
        "body": found.read_bytes() if found.is_file() else b"",
    }


def _candidates(folder: Path, name: str) -> Iterator[Path]:
    if ".." not in Path(name).parts:
        yield folder / name
        yield folder / name / "index.html"


def own_headers(folder: Path, path: str) -> dict[str, str]:
    """Return the headers that `_headers` gives a path. Source: Netlify Docs, "Custom headers"."""
    file = folder / HEADERS
    return {
        name: value
        for pattern, name, value in (_lines(file.read_text("utf-8")) if file.is_file() else ())
        if path == pattern or (pattern.endswith("*") and path.startswith(pattern[:-1]))
    }


@lru_cache(maxsize=8)
def _lines(text: str) -> tuple[tuple[str, str, str], ...]:
    """Return the headers of a `_headers` file, each with the pattern of the paths that it is for."""
    found, pattern = [], ""
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if not line[0].isspace():
            pattern = line.strip()
        else:
            name, _, value = line.strip().partition(":")
            found.append((pattern, name.strip().lower(), value.strip()))
    return tuple(found)
