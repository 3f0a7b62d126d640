"""Forms in forms: a template may hold them, and a page cannot, so that whoever reads a template's contents as a page
loses the inner one. A script that puts them into the page brings both to life."""

from __future__ import annotations

from itertools import accumulate

import turbohtml
from turbohtml import TokenType


def apart(html: str) -> list[str]:
    """Return the contents of a template without forms in forms, and each of these by itself."""
    if html.count("<form") < 2:
        return [html]
    text = html.replace("\r\n", "\n").replace("\r", "\n")  # as the tokenizer counts lines
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    parts, inside, last = [""], list[int](), 0
    for token in turbohtml.tokenize(text, capture_source=True, capture_attributes=False):
        if token.tag != "form":
            continue
        offset = starts[token.line - 1] + token.col
        if token.type is TokenType.START_TAG:
            parts[inside[-1] if inside else 0] += text[last:offset]
            if inside:
                parts.append("")
            inside.append(len(parts) - 1 if inside else 0)
            last = offset
        elif inside:
            end = offset + len(token.source or "")
            parts[inside.pop()] += text[last:end]
            last = end
    parts[inside[-1] if inside else 0] += text[last:]
    return parts
