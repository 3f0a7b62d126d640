"""The rule for forms: judges each on a page, whoever wrote it; in a feed, where none works, says where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from turbohtml import Element

from ..privacy.carriers import Attribute
from ..privacy.edits import Edit, Replace
from ..privacy.form_verdicts import CONTROLS, Line, belongs, judged_form, seen_form
from ..privacy.page import Form, Page


@dataclass(frozen=True)
class JudgeForms:
    """The rule. elsewhere: what stands for a form in a feed, by language."""

    elsewhere: Callable[[str], str]
    forms: frozenset[Form] = frozenset({Form.DOCUMENT, Form.FRAGMENT, Form.FEED})

    def __call__(self, page: Page) -> Iterator[Edit]:
        """Report what is wrong with the forms of a page; yield what stands for them in a feed."""
        for element in page.tree.iter_elements(("form",)):
            if page.form is Form.FEED:
                yield Replace(element, self.elsewhere(page.language))
                continue
            form = seen_form(page.source_of(element), element.attr, _controls(page, element), page.base, page.read)
            page.findings.extend(judged_form(form, page.declaration))


def _controls(page: Page, form: Element) -> Iterator[tuple[str, Attribute]]:
    """Yield the controls that are sent with a form."""
    line, name = _line(form), form.attr("id")
    for element in page.tree.iter_elements(CONTROLS):
        if belongs(_line(element), line, element.attr("form"), name):
            yield element.tag, element.attr


def _line(element: Element) -> Line:
    return [(item, item.tag) for item in (element, *element.ancestors) if isinstance(item, Element)]
