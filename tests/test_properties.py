"""What holds for every text that the page pass may ever get, however broken it is.

The profile is deterministic: the same examples on every run and every machine.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

import pelicanconf
from plugins.amazon_affiliate.links import tags_in, with_tag
from plugins.privacy import page_pass
from plugins.privacy.carriers import Kind
from plugins.privacy.declaration import Declaration
from plugins.privacy.edits import OverlapError, Splice, _without_nested, spliced
from plugins.privacy.findings import Level
from plugins.privacy.page import Form
from plugins.privacy.page_pass import Passed
from plugins.privacy.page_reading import parse_page
from plugins.privacy.settings import Privacy
from plugins.privacy.urls import read
from plugins.privacy_audit.namespaces import TooDeepError
from plugins.privacy_audit.reading import references
from tests import kit
from tests.strategies import addresses, documents, fragments, linked_documents, tricky_documents

pytestmark = pytest.mark.slow


def steady(examples: int) -> settings:
    """The same examples on every run, however slow the machine is."""
    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


DECLARATION = Declaration(Privacy.model_validate(pelicanconf.PRIVACY))
RUN = kit.page_pass(
    kit.cookie_banner,
    kit.amazon_affiliate,
    kit.third_party_links,
    declaration=DECLARATION,
    settings={"AMAZON_TAGS": pelicanconf.AMAZON_TAGS},
)
STRIPPING = kit.page_pass(
    kit.amazon_affiliate,
    kit.third_party_links,
    declaration=DECLARATION,
    settings={
        "AMAZON_TAGS": pelicanconf.AMAZON_TAGS,
        "AMAZON_AFFILIATE": {"foreign_tag": "strip", "in_feeds": True},
    },
)
LINKS_ONLY = kit.page_pass(
    kit.amazon_affiliate,
    kit.third_party_links,
    declaration=DECLARATION,
    settings={"AMAZON_TAGS": pelicanconf.AMAZON_TAGS},
)
BASE = DECLARATION.site + "/"
TOUCHED = {"href", "xlink:href", "rel", "class", "aria-describedby"}
MARKS = ".xlink-mark,.xlink-spoken,.xlink-new,.paid-link,span[id^=xlink-],.affiliate-disclosure"
WORD_JOINER = "\u2060"
any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def normalised(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def has_error(passed: Passed) -> bool:
    return any(finding.check.level is Level.ERROR for finding in passed.findings)


def live(text: str) -> set[str]:
    """What either reader sees loading from a third party: lexbor without JavaScript, turbohtml with it."""
    read = DECLARATION.reader()
    page = parse_page(text, form=Form.DOCUMENT, declaration=DECLARATION, read=read, language="en", site_url="")
    with_scripts = {load.url for load in page.loads() if load.asleep is None}
    try:
        found = references(text, BASE, read, DECLARATION.addresses_in_script)
    except TooDeepError:
        return with_scripts
    return with_scripts | {
        item.url
        for item in found
        if item.gate is None and item.carrier.kind is Kind.LOADS and item.verdict.is_foreign
    }


Made = list[tuple[str, list[Splice], str]]


@contextmanager
def watched() -> Iterator[Made]:
    """Every text that the pass makes: of what, by which splices."""
    made: Made = []

    def watch(text: str, found: list[Splice]) -> str:
        made.append((text, list(found), spliced(text, found)))
        return made[-1][2]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page_pass, "spliced", watch)
        yield made


# The promise of the pass


def assert_nothing_lives_unreported(text: str) -> None:
    passed = RUN(text)
    assert has_error(passed) or live(passed.text) == set(), passed.text


@steady(600)
@given(documents)
@example("<body><img src=//evil.example/")
@example("<body><svg href=http:evil.example/")
@example("<body><math><svg><image href='https://www.youtube.com/x.png'/></svg></body>")
@example("<body><noscript><body background=//evil.example/x></noscript></body>")
def test_no_foreign_load_is_live_after_a_pass_without_an_error(text: str) -> None:
    assert_nothing_lives_unreported(text)


@steady(400)
@given(tricky_documents)
@example("<body><noscript><p title='</noscript><p title='><img src=//evil.example/x></body>")
@example("<body><noscript><!--</noscript><p title='--><iframe src=//www.youtube.com/embed/1></iframe>'></body>")
@example("<body><noscript><a href='</noscript><svg><iframe src='https://www.youtube.com/embed/1'></iframe></body>")
def test_no_foreign_load_hides_where_noscript_is_read_in_two_ways(text: str) -> None:
    """Browsers with JavaScript read the content of `<noscript>` as text up to its end tag, those without as
    markup: a quote or a comment opened there swallows the end tag in one reading only."""
    assert_nothing_lives_unreported(text)


@steady(300)
@given(documents)
@example("<body><a href=http:evil.example/")
@example("<body><noscript><a href=//evil.example/>x</a>")
@example("<body><noscript><p><noscript><a href=//evil.example/>x</a></noscript></body>")
@example("<body><iframe srcdoc=\"<a href=//evil.example/'>")
def test_a_second_pass_changes_nothing(text: str) -> None:
    once = RUN(text)
    assert has_error(once) or RUN(once.text).text == once.text


@steady(400)
@given(linked_documents)
@example("<body><a href='https://evil.example/' target=_blank><img src='/a.png' alt='A picture'></a>")
@example("<body><a href='https://evil.example/' target=_blank></a>")
def test_a_link_that_says_everything_is_told_nothing_more(text: str) -> None:
    once = LINKS_ONLY(text)
    assert LINKS_ONLY(once.text).text == once.text


@steady(200)
@given(fragments, st.sampled_from([Form.FEED, Form.FRAGMENT]))
@example("<body style='background: url(//evil.example/x)'>", Form.FEED)
@example("<frameset style='background: url(//evil.example/x)'>", Form.FEED)
@example("<svg><img src=//www.youtube.com/x><template><img src=//www.youtube.com/x>", Form.FEED)
def test_entries_of_feeds_and_fragments_pass_whatever_they_hold(text: str, form: Form) -> None:
    passed = RUN(text, form=form)
    assert form is Form.FRAGMENT or has_error(passed) or live(passed.text) == set(), passed.text


# What no edit touches


def assert_only_splices_differ(text: str, found: list[Splice], new: str) -> None:
    """Between two splices stands what stood there, and the splices stand in order."""
    old_position = new_position = 0
    for splice in found:
        assert old_position <= splice.start <= splice.end <= len(text)
        untouched = text[old_position : splice.start]
        assert new[new_position:].startswith(untouched + splice.markup)
        new_position += len(untouched) + len(splice.markup)
        old_position = splice.end
    assert new[new_position:] == text[old_position:]


def is_known_replacement(old: str, markup: str) -> bool:
    """Whether what was taken out is an attribute that the rules write, or an element that sleeps in the markup."""
    if not old.startswith("<"):
        return old.partition("=")[0].strip().lower() in {*TOUCHED, "srcdoc"}
    return old in markup or "style" in old.lower() or old.lower().startswith("<noscript")


@steady(300)
@given(documents)
def test_what_no_edit_touches_stays_byte_for_byte(text: str) -> None:
    with watched() as made:
        passed = RUN(text)
    current = normalised(text)
    for old, found, new in made:
        assert_only_splices_differ(old, found, new)
        if old == current:
            current = new
    assert current == passed.text
    if not has_error(passed):
        replaced = [(old[s.start : s.end], s.markup) for old, found, _ in made for s in found if s.end > s.start]
        assert [pair for pair in replaced if not is_known_replacement(*pair)] == []


@steady(100)
@given(st.lists(st.tuples(any_text, any_text, st.booleans(), any_text), max_size=5), any_text)
def test_a_text_is_made_of_what_was_between_the_splices_and_of_their_markup(
    parts: list[tuple[str, str, bool, str]], rest: str
) -> None:
    text, expected = "", ""
    found = []
    for number, (between, old, replaces, markup) in enumerate(parts):
        start = len(text) + len(between)
        text += between + old
        end = start + len(old) if replaces else start
        expected += between + markup + ("" if replaces else old)
        found.append(Splice(start, end, number, markup))
    assert spliced(text + rest, found) == expected + rest
    assert spliced(text + rest, []) == text + rest


spans = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(sorted)


@steady(150)
@given(st.lists(spans, max_size=6))
def test_splices_that_cross_are_refused_and_those_inside_others_dropped(places: list[list[int]]) -> None:
    found = [Splice(start, end, number, "x") for number, (start, end) in enumerate(places)]
    crossing = any(a.start < b.start < a.end < b.end for a in found for b in found)
    try:
        kept = _without_nested(list(found))
    except OverlapError:
        assert crossing
        return
    assert set(kept) <= set(found)
    assert all(before.end <= after.start for before, after in pairwise(kept))
    for gone in set(found) - set(kept):
        assert any(splice.start <= gone.start and gone.end <= splice.end for splice in kept)


# Links


@steady(300)
@given(st.one_of(addresses, st.text(st.characters(), max_size=40)), st.one_of(st.just(BASE), addresses))
def test_any_text_has_a_party(raw: str, base: str) -> None:
    """Lone surrogates too, which no file in UTF-8 holds, but an escape in JSON may stand for one."""
    verdict = DECLARATION.reader()(raw, base)
    assert (verdict.address is None) == (verdict.party == "unreadable")


def shape(text: str) -> tuple[list[tuple[str | None, dict[str, str | None]]], str]:
    """The elements that are no marks, with the attributes that no rule for links writes, and the words."""
    tree = LexborHTMLParser(text)
    for mark in tree.css(MARKS):
        mark.decompose()
    elements = [
        (node.tag, {name: value for name, value in node.attributes.items() if name not in TOUCHED})
        for node in tree.css("*")
    ]
    words = tree.body.text() if tree.body else ""
    return elements, "".join(words.replace(WORD_JOINER, "").split())


def attributes_of_link(text: str) -> dict[str, str | None]:
    link = LexborHTMLParser(text).css_first("#l")
    assert link is not None, text
    return link.attributes


@steady(300)
@given(st.one_of(addresses, any_text), st.sampled_from(["a", "area", "svg><a"]))
@example("https://www.amazon.com/dp/1?x#y", "a")
def test_a_link_changes_only_where_it_leads_and_how_it_is_marked(raw: str, tag: str) -> None:
    text = (
        '<!doctype html><html lang=en><body><p id=p class="b a">x</p>'
        f'<{tag} href="{html.escape(raw)}" id=l class="k x" data-k=v target=_blank>words</a></svg><footer>f</footer>'
    )
    passed = LINKS_ONLY(text)
    assert shape(passed.text) == shape(normalised(text))
    before, after = attributes_of_link(normalised(text)), attributes_of_link(passed.text)
    assert (after["class"] or "").startswith("k x")
    if before["href"] != after["href"]:
        href = after["href"] or ""
        pairs = [f"{mark}tag={tag}" for mark in ("?", "&", "") for tag in pelicanconf.AMAZON_TAGS.values()]
        assert before["href"] in {href.replace(pair, "", 1) for pair in pairs}


@steady(200)
@given(documents, st.sampled_from([Form.DOCUMENT, Form.FEED]))
def test_foreign_tags_taken_out_are_out_at_once(text: str, form: Form) -> None:
    once = STRIPPING(text, form=form)
    assert has_error(once) or STRIPPING(once.text, form=form).text == once.text


TAG_PARTS = "/ \\ dp o ASIN exec obidos B0 ref=x me-20 you-20 %6De-20 ? & # tag= t%61g= AssociateTag= tag = th=1 ; % é".split()
tag_parts = st.lists(st.sampled_from([*TAG_PARTS, "\t", " "]), max_size=14).map("".join)


@steady(200)
@given(tag_parts)
@example("/exec/obidos/ASIN/B0/me-20/you-20?tag=me-20&tag=you-20#tag=x")
def test_a_feed_carries_no_tag_however_it_is_written(rest: str) -> None:
    href = f"https://www.amazon.com/{rest}"
    passed = LINKS_ONLY(f'<a id=l href="{html.escape(href)}">x</a>', form=Form.FEED)
    address = read(attributes_of_link(passed.text)["href"] or "", BASE)
    assert address is None or tags_in(address.href, address.path) == []


@steady(200)
@given(tag_parts)
def test_a_tag_that_is_added_is_read_and_everything_else_stays(rest: str) -> None:
    href = f"https://www.amazon.com/{rest}"
    address = read(href, BASE)
    if address is not None:
        tagged = with_tag(href, address.path, "me-99")
        again = read(tagged, BASE)
        assert again is not None
        assert "me-99" in tags_in(again.href, again.path)
        assert again.path == address.path
        assert again.href.partition("#")[2] == address.href.partition("#")[2]
