"""The page pass: parse once, let every rule say what it wants changed, make one new text of it.

It promises that no text leaves it with a live load from a third party and without a finding about it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple, Protocol

from turbohtml import Element, Namespace

from .carriers import Kind
from .checks import BROKEN_GATE
from .declaration import Declaration
from .edits import Edit, Replace, SetAttribute, outer_span, place_of, refilled, spliced, splices
from .findings import Finding, Level
from .grammars import Grammar
from .inventory import Inventory, Link, Seen
from .page import Form, Page, Read, Reference
from .page_reading import parse_page
from .verdicts import judged, shown


class Rule(Protocol):
    """One promise about pages: reads a page, returns the edits that keep it, leaves findings and records.

    `forms`: the kinds of text that the rule is for.
    """

    @property
    def forms(self) -> frozenset[Form]: ...

    def __call__(self, page: Page) -> Iterable[Edit]: ...


class Passed(NamedTuple):
    """What the pass made of one text. is_given_up: the text stayed as it was, since an embed of it is broken."""

    text: str
    findings: tuple[Finding, ...]
    inventory: Inventory
    is_given_up: bool = False


@dataclass(frozen=True)
class PagePass:
    """The pass of one build: the declaration, the rules, and the URLs read so far.

    gates: the rules that hold back. rules: those that see the page afterwards, in their order.
    """

    declaration: Declaration
    gates: Sequence[Rule]
    rules: Sequence[Rule]
    read: Read

    def __call__(
        self,
        text: str,
        *,
        form: Form = Form.DOCUMENT,
        language: str = "en",
        site_url: str = "",
        page: str = "",
    ) -> Passed:
        """Return `text` with every rule kept.

        language: of the text where it does not say so itself. site_url: what own URLs begin with on
        this page. page: its path in the output, for the inventory. Raises whatever a rule raises.
        """
        parse = partial(self._parsed, form=form, language=language, site_url=site_url)
        first = self._gated(parse(text))
        rest = first.page
        if rest is not None and first.is_given_up:  # what follows from a broken embed is no mistake of its own
            inventory = Inventory(page, first.loads, _ways_out_of(rest))
            return Passed(first.text, tuple(first.findings), inventory, is_given_up=True)
        if rest is None:
            place_of.cache_clear()  # it holds elements, and with them the tree of the text as it was
            rest = parse(first.text)
            rest.findings = [*first.findings, *rest.findings, *_verified(rest, first)]
        edits = self._all_edits(rest)
        new = spliced(rest.text, splices(rest.text, edits)) if edits else rest.text
        return Passed(new, tuple(rest.findings), Inventory(page, first.loads, _ways_out_of(rest)))

    def looked_at(self, text: str, page: str) -> Inventory:
        """Return what a copied page contains, which nothing of this pass may change. page: its path in the output."""
        parsed = self._parsed(text)
        return Inventory(page, _loads_of(parsed), _ways_out_of(parsed))

    def _parsed(self, text: str, form: Form = Form.DOCUMENT, language: str = "", site_url: str = "") -> Page:
        return parse_page(
            text, form=form, declaration=self.declaration, read=self.read, language=language, site_url=site_url
        )

    def _gated(self, page: Page) -> _Gated:
        """Hold back what has to wait, and judge what the page loads. Nothing of the result holds on to the page where
        it has to be parsed again: two trees of a large page take more memory than all else."""
        edits = _edits(self.gates, page)
        is_given_up = any(finding.check.level is Level.ERROR for finding in page.findings)
        gates = [edit for edit in edits if isinstance(edit, Replace) and edit.gates]
        held = _Held.back(gates)
        _judge(page, held, _told(gates))
        loads = _loads_of(page)
        if is_given_up or not edits:
            return _Gated(page.text, page.findings, loads, page, is_given_up)
        text = spliced(page.text, splices(page.text, edits))
        judged_already = {load.url for load in page.loads() if load.asleep is None and not held.holds(load.element)}
        asleep = tuple(gate.asleep for gate in gates if gate.asleep)
        return _Gated(text, page.findings, loads, None, is_given_up, judged_already, asleep)

    def _all_edits(self, page: Page) -> list[Edit]:
        """Return what the rules want changed on a page, and inside it first: what is said there, they know then."""
        nested = list(self._nested_edits(page))
        return [*_edits(self.rules, page), *nested]

    def _nested_edits(self, page: Page) -> Iterator[Edit]:
        """Let the rules see the HTML inside `noscript` and `srcdoc`, and put back what they made of it."""
        for element, attribute, inner in page.nested:
            known = len(inner.findings)
            edits = self._all_edits(inner)
            page.findings.extend(inner.findings[known:])
            if not edits:
                continue
            text = spliced(inner.text, splices(inner.text, edits))
            if attribute != "#text":
                yield SetAttribute(element, attribute, text)
                continue
            edit = refilled(page.text, element, text)
            if edit is not None:
                yield edit


def _edits(rules: Iterable[Rule], page: Page) -> list[Edit]:
    return [edit for rule in rules if page.form in rule.forms for edit in rule(page)]


class _Held(NamedTuple):
    """What is held back: the elements, and their places in the text, sorted and apart from each other."""

    elements: frozenset[Element]
    spans: list[tuple[int, int]]

    @classmethod
    def back(cls, gates: Sequence[Replace]) -> _Held:
        spans = {gate.element: span for gate in gates if (span := outer_span(gate.element)) is not None}
        return cls(frozenset(spans), sorted(spans.values()))

    def holds(self, element: Element) -> bool:
        """Whether an element is one of them, or lies in one."""
        if element in self.elements or not self.spans:
            return element in self.elements
        place = outer_span(element)
        if place is None:
            return False
        number = bisect_right(self.spans, place[0], key=lambda span: span[0]) - 1
        return number >= 0 and place[1] <= self.spans[number][1]


def _told(gates: Sequence[Replace]) -> _Held:
    """Return what is gone and was reported. What lies in something larger that waits is not gone but waits too."""
    told = [gate for gate in gates if gate.is_told]
    waiting = _Held.back([gate for gate in gates if not gate.is_told] if told else [])
    return _Held.back([gate for gate in told if not waiting.holds(gate.element)])


class _Gated(NamedTuple):
    """A text in which all waits that has to.

    loads: what the page loaded before. page: None where the text has changed and has to be parsed again; for then,
    judged_already: the URLs of what was live, was not held back, and has been judged; asleep: what stands in the
    templates.
    """

    text: str
    findings: list[Finding]
    loads: tuple[Seen, ...]
    page: Page | None
    is_given_up: bool
    judged_already: Set[str] = frozenset()
    asleep: tuple[str, ...] = ()


def _verified(page: Page, gated: _Gated) -> list[Finding]:
    """Return what the gate's promises do not hold for on a page that was gated and parsed again."""
    known = gated.judged_already
    found = [_come_alive(page, load) for load in page.loads() if load.asleep is None and load.url not in known]
    if found:
        return found
    templates = page.tree.select("template[data-gate]")
    contents = {_content(page, template) for template in templates}
    found.extend(_split(asleep) for asleep in gated.asleep if asleep not in contents)
    for template in templates:
        children = [
            child for content in template.children for child in content.children if isinstance(child, Element)
        ]
        source = _content(page, template)
        is_run = bool(children) and all(child.tag == "script" for child in children)
        if not (len(children) == 1 or is_run) or template.namespace is not Namespace.HTML:
            found.append(_split(source))
        elif children[0].select_one("[style]") is not None or children[0].attr("style") is not None:
            what = f"{shown(source)} has a style attribute that was not kept aside: it is written twice."
            found.append(Finding(BROKEN_GATE, what, "Write the style attribute once.", evidence=source))
    return found


def _come_alive(page: Page, load: Reference) -> Finding:
    """Return the finding for a load that is live only since something else was held back."""
    source = _shown_source(page, load)
    finding = judged(load.carrier, load.verdict, source, gate=None, can_wait=load.carrier.is_gateable)
    if finding is None or load.verdict.service is not None:
        finding = Finding(
            BROKEN_GATE,
            f"After gating, {shown(source)} is still live: the markup around it moves it out of the template "
            "in which it should wait.",
            "Put the embed into a paragraph of its own, outside tables, frames, SVG and formulas.",
        )
    return replace(finding, subject=load.url, evidence=load.url)


def _split(source: str) -> Finding:
    return Finding(
        BROKEN_GATE,
        f"The template of a gate does not hold one whole element: {shown(source)}",
        "Close every tag of the embed, and remove stray end tags from it.",
        subject=source,
        evidence=source,
    )


def _content(page: Page, template: Element) -> str:
    """Return what stands between a template's tags."""
    place = place_of(template)
    if place is None or place.end_tag is None:
        return ""
    return page.text[place.start_tag.end_offset : place.end_tag.start_offset]


def _judge(page: Page, held: _Held, told: _Held) -> None:
    """Report every reference that the declaration does not cover, and every load that does not wait.

    held: what is held back; told: what of it was reported by whoever holds it back.
    """
    for reference in page.references:
        is_held_back = held.holds(reference.element)
        if is_held_back and (reference.waits_for is not None or told.holds(reference.element)):
            continue
        source = _shown_source(page, reference)
        finding = judged(
            reference.carrier,
            reference.verdict,
            source,
            gate=reference.asleep,
            can_wait=reference.carrier.is_gateable,
            is_held_back=is_held_back,
        )
        if finding is not None:
            evidence = reference.url if reference.is_nested else source
            page.findings.append(replace(finding, subject=reference.url, evidence=evidence))


def _shown_source(page: Page, reference: Reference) -> str:
    """Return what a person may know the reference by: the start tag, of an inline script its code too."""
    if reference.carrier.grammar is Grammar.SCRIPT and not reference.is_nested:
        span = outer_span(reference.element)
        if span is not None:
            return page.text[span[0] : span[1]]
    return page.source_of(reference.element) or reference.url


def _loads_of(page: Page) -> tuple[Seen, ...]:
    """Return what a page loads, for the inventory. A feed repeats what stands on pages; it has none."""
    if page.form is Form.FEED:
        return ()
    return tuple(
        Seen(load.verdict.host, load.url, load.waits_for.id if load.waits_for else "", load.carrier.name)
        for load in page.loads()
    )


def _ways_out_of(page: Page) -> tuple[Link, ...]:
    return () if page.form is Form.FEED else tuple(_ways_out(page))


def _ways_out(page: Page) -> Iterator[Link]:
    """Yield what leads or sends visitors away from a page, and from the documents inside it."""
    claims, verdicts, checks = page.claims, page.verdicts, page.checks
    for link in page.links():
        element, carrier = link.element, link.carrier
        yield Link(
            link.verdict.host,
            link.url,
            claims.get(element) or link.verdict.party.value,
            "" if carrier.namespace == "html" else carrier.name,
            verdicts.get(element, ""),
            " ".join(checks.get(element, ())),
        )
    for sent in page.references:
        if sent.carrier.kind is Kind.SUBMITS and sent.verdict.is_foreign and not sent.is_nested:
            yield Link(sent.verdict.host, sent.url, sent.verdict.party.value, sent.carrier.name, "sends data", "")
    for _, _, inner in page.nested:
        yield from _ways_out(inner)
