"""A Markdown extension: aligned table cells get a class, since a style attribute violates a strict
Content Security Policy (and is then not applied)."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

_AFTER_INLINE = 1


class TableClasses(Extension):
    """Turns `style="text-align: right;"` of table cells into `class="align-right"`."""

    def extendMarkdown(self, md: Markdown) -> None:  # the name is Python-Markdown's
        """Register with a Markdown instance."""
        md.treeprocessors.register(_Cells(md), "table_classes", _AFTER_INLINE)


class _Cells(Treeprocessor):
    def run(self, root: Element) -> None:
        for cell in root.iter():
            style = cell.get("style", "") if cell.tag in ("td", "th") else ""
            name, _, side = style.partition(":")
            side = side.strip(" ;")
            if name.strip() == "text-align" and side in ("left", "center", "right"):
                del cell.attrib["style"]
                classes = cell.get("class", "").split()
                cell.set("class", " ".join([*classes, f"align-{side}"]))
