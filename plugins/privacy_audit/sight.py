"""What visitors see of a page, and in which order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from selectolax.lexbor import LexborNode

from .reading import Document, Root

_UNSEEN = frozenset({"template", "noscript", "head", "script", "style", "iframe", "noembed", "noframes"})
_MAY_HIDE = re.compile(f"hidden|<(?:{'|'.join(sorted(_UNSEEN))})")
"""A quick look at what the parser writes back, which may only err towards yes."""
_USUAL = "affiliate-disclosure"
_SENTENCE_OR_LINK = f'.{_USUAL},a[rel~="sponsored" i]'
_Hiders = tuple[int, ...]


def is_hidden(node: LexborNode) -> bool:
    """Whether an element is in no reader's sight: hidden itself, or inside something hidden or inert."""
    current: LexborNode | None = node
    while current is not None:
        if _hides(current):
            return True
        current = current.parent
    return False


def _hides(node: LexborNode) -> bool:
    return node.tag in _UNSEEN or "hidden" in (node.attributes or {})


def stands_in(node: LexborNode, tags: Set[str], documents: Sequence[Document]) -> bool:
    """Whether something stands in an element with one of these tags, on the page or around the shadow root that it is
    in. documents: those of the page."""
    above = node.parent
    while above is not None:
        if above.tag in tags:
            return True
        above = above.parent
    holders = (root.template for document in documents for root in document.roots.values() if _holds(root, node))
    return any(stands_in(holder, tags, documents) for holder in holders)


def _holds(root: Root, node: LexborNode) -> bool:
    return any(part.tree is node.parser for part in root.parts)


def seen_in(node: LexborNode) -> str:
    """Return the text inside an element, without what is hidden there."""
    if _MAY_HIDE.search(node.html or "") is None:
        return node.text()
    return "".join(_text_of(inner) for inner, hiders in _in_order(node, {}) if not hiders and inner.is_text_node)


def _text_of(node: LexborNode) -> str:
    """Return the text of a node of text."""
    return node.text_content or ""


def views(documents: Iterable[Document]) -> Mapping[int, Sequence[Document]]:
    """Return by the id of each tree the documents as a part of which it is shown: shadow roots are parts of what is
    around them, a document in a frame is shown by itself. documents: outer ones first."""
    found: dict[int, list[Document]] = defaultdict(list)
    for document in documents:
        shown = found[id(document.tree)] or [document]
        found[id(document.tree)] = shown
        for inner in (inner for root in document.roots.values() for inner in root.parts):
            found[id(inner.tree)].extend(view for view in shown if view not in found[id(inner.tree)])
    return found


def is_told_before(view: Document, links: Set[int], sentences: Iterable[str]) -> bool:
    """Whether one of the sentences stands before the first of the links, and is seen wherever it is. links: their
    ids, see `mem_id`; one without `sponsored` in `rel` may be missed, since it lacks more than the sentence.
    sentences: with single spaces.
    """
    first = None if view.roots else view.tree.css_first(_SENTENCE_OR_LINK)
    is_usual = first is not None and _USUAL in (first.attributes.get("class") or "") and not is_hidden(first)
    if first is not None and is_usual and _holds_one(seen_in(first), sentences):
        return True
    return view.tree.root is None or _is_found_before(view.tree.root, _roots(view), links, sentences)


def _is_found_before(top: LexborNode, roots: Mapping[int, Root], links: Set[int], sentences: Iterable[str]) -> bool:
    """Look for one of the sentences at every node. What is hidden tells of what is hidden with it (a tab, the content
    of `<noscript>`), and of nothing else."""
    before: list[tuple[_Hiders, str]] = []
    judged: set[_Hiders] = set()
    for node, hiders in _in_order(top, roots):
        if node.is_text_node:
            before.append((hiders, _text_of(node)))
        elif node.mem_id in links and hiders not in judged:
            if _holds_one("".join(text for around, text in before if not around), sentences):
                return True
            if not _holds_one("".join(text for around, text in before if around == hiders[: len(around)]), sentences):
                return False
            judged.add(hiders)
    return True


def _holds_one(text: str, sentences: Iterable[str]) -> bool:
    words = " ".join(text.split())
    return any(sentence in words for sentence in sentences)


def _roots(document: Document) -> dict[int, Root]:
    """Return what stands in the shadow roots of a document, and in theirs, by the id of the template."""
    found = dict(document.roots)
    for inner in (inner for root in document.roots.values() for inner in root.parts):
        found.update(_roots(inner))
    return found


def _in_order(top: LexborNode, roots: Mapping[int, Root]) -> Iterator[tuple[LexborNode, _Hiders]]:
    """Yield an element and all nodes in it in their order, each with the ids of what hides it inside the element.
    roots: the templates that are live, by their ids."""
    waiting: list[tuple[LexborNode, _Hiders, bool]] = [(top, (), True)]
    while waiting:
        node, hiders, is_top = waiting.pop()
        yield node, hiders
        if not is_top and node.next is not None:
            waiting.append((node.next, hiders, False))
        trees = [document.tree.root for document in roots[node.mem_id].parts] if node.mem_id in roots else []
        waiting.extend((tree, hiders, True) for tree in reversed(trees) if tree is not None)
        if node.child is not None:
            is_hiding = not is_top and node.is_element_node and _hides(node)
            waiting.append((node.child, (*hiders, node.mem_id) if is_hiding else hiders, False))
