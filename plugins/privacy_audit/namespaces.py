"""To which language an element belongs: HTML, SVG or MathML. The parser of the audit does not tell."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

_HOLDS_HTML = {"svg": ("foreignobject", "desc", "title"), "math": ("mi", "mo", "mn", "ms", "mtext")}
CHANGES_SPACE = frozenset({*_HOLDS_HTML["svg"], "math"})
"""Elements of drawings that may hold another language; below all others is a drawing."""


class TooDeepError(ValueError):
    """Documents inside documents, deeper than anything is read."""


_DEEPEST = 600  # elements inside elements; browsers stop at 512


def namespace_of(node: LexborNode, tag: str) -> str:
    """Return the namespace of a node, as the tree builder chooses it: that of its parent, but HTML inside what
    holds HTML, and of its own for the outermost `<svg>` or `<math>`."""
    line = [node]
    while (parent := line[-1].parent) is not None:
        line.append(parent)
        if len(line) > _DEEPEST:
            raise TooDeepError
    space, holds_html, holds_svg = "html", False, False
    for member in reversed(line):
        name = tag if member is node else (member.tag or "").lower()
        if holds_html or (holds_svg and name == "svg"):
            space = "html"
        space = name if space == "html" and name in ("svg", "math") else space
        holds_svg = space == "math" and name == "annotation-xml"
        encoding = (member.attributes.get("encoding") or "").lower() if holds_svg else ""
        holds_html = name in _HOLDS_HTML.get(space, ()) or encoding in ("text/html", "application/xhtml+xml")
    return space
