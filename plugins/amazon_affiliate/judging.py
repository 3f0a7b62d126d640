"""What is found about Amazon links: whose tags they carry, and addresses that are not what they seem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..privacy.checks import WRONG_CONTROL
from ..privacy.findings import Finding
from ..privacy.idn import shown_host
from ..privacy.page import Page, Reference
from .checks import (
    ATTRIBUTION_PARAMETER,
    FOREIGN_TAG,
    LOOK_ALIKE,
    MIXED_TAGS,
    OUTDATED_AMAZON_LINK,
    PRICE_BESIDE_AMAZON_LINK,
    REFUSED_TAG,
    SHORT_AMAZON_LINK,
    SUSPICIOUS_AMAZON_LINK,
    TRADEMARK_IN_TAG,
    UNDISCLOSED_PAID_LINK,
    UNTRANSLATED_DISCLOSURE,
    VAGUE_AMAZON_LINK,
    WRONG_MARKETPLACE,
)
from .links import AmazonLink, Kind, Store, attribution_in, is_taggable
from .surroundings import is_vague, price_in

CONTROLS: Mapping[str, bool] = {"on": True, "own": True, "off": False, "none": False}
"""What an author may write as `data-affiliate`: that a link is to pay, or does; or that it is not to, or does not."""


def wants_tag(control: str | None, *, by_default: bool) -> bool:
    """Whether a link to a store is to be tagged. control: what its author says (`data-affiliate`), or None."""
    return CONTROLS.get(control or "", by_default)


_BLOCKS = "p,li,td,th,dt,dd,figcaption,caption,h1,h2,h3,h4,h5,h6"
_TRADEMARKS = ("amazon", "kindle", "alexa", "echo", "prime", "audible")
# Amazon's Associates Program Policies, on what a tag may be, as public repositories quote them; read 2026-11.


@dataclass(frozen=True)
class Judge:
    """What a site knows of tags. tags: its tag by store. further: more tags of its own. foreign_tag: what becomes of
    tags that are not: `keep`, `strip` or `error`."""

    tags: Mapping[str, str]
    further: frozenset[str] = frozenset()
    foreign_tag: str = "keep"

    @cached_property
    def own_tags(self) -> frozenset[str]:
        """All tags that are the site's own."""
        return self.further.union(self.tags.values())

    @property
    def strips(self) -> bool:
        """Whether tags that are not the site's own are taken out."""
        return self.foreign_tag == "strip"

    def is_foreign(self, tag: str) -> bool:
        """Whether a tag is not the site's own."""
        return tag not in self.own_tags

    def has_foreign(self, amazon: AmazonLink) -> bool:
        """Whether an address carries a tag that is not the site's own."""
        return any(map(self.is_foreign, amazon.tags))

    def minds_foreign(self, amazon: AmazonLink) -> bool:
        """Whether an address carries a tag that the site wants on no link, whatever its author says."""
        return self.foreign_tag != "keep" and self.has_foreign(amazon)

    def names_of_tags(self) -> Iterator[Finding]:
        """Yield what is to be thought over in the names of the site's own tags."""
        for tag in sorted(self.own_tags):
            for mark in _TRADEMARKS:
                if mark in tag.lower():
                    what = f"The tag {tag} holds “{mark}”, and Amazon wants none of its names in a tag."
                    way_out = "Let Amazon give you another tracking ID, and declare that one."
                    yield Finding(TRADEMARK_IN_TAG, what, way_out, place="pelicanconf.py", evidence=tag)

    def new_tag(self, link: Reference, amazon: AmazonLink) -> str | None:
        """Return the tag that a link without any is to get, or None."""
        address, store = link.verdict.address, amazon.store
        if address is None or store is None or not store.has_programme or not is_taggable(address.path):
            return None
        return self.tags.get(store.host)

    def tags_of(self, page: Page, link: Reference, amazon: AmazonLink, *, can_say: bool) -> None:
        """Judge the tags that a link carries. can_say: whether it can hold the label."""
        assert amazon.store is not None, "only links to stores have tags"
        page.verdicts[link.element] = "own tag" if amazon.pays(self.own_tags) else "foreign tag"
        if amazon.pays(self.own_tags) and not can_say:
            way_out = "Remove the tag, or write an ordinary link outside of code, which can hold the label."
            self._undisclosed(page, link, way_out)
        for tag in dict.fromkeys(amazon.tags):
            if self.is_for_another_store(tag, amazon.store):
                page.report_link(
                    WRONG_MARKETPLACE,
                    link,
                    f"carries the tag {tag}, which is the site's own for another store than {amazon.store.host}.",
                    "Remove the tag from the address; the build adds the right one.",
                )
            elif self.is_foreign(tag):
                self._foreign(page, link, amazon, tag)

    def is_for_another_store(self, tag: str, store: Store) -> bool:
        """Whether a tag is the site's own for another store than the one that its link leads to."""
        return tag not in (self.tags.get(store.host), *self.further) and tag in self.tags.values()

    def _foreign(self, page: Page, link: Reference, amazon: AmazonLink, tag: str) -> None:
        check = REFUSED_TAG if self.foreign_tag == "error" else FOREIGN_TAG
        what = f"carries the tag {tag}, which is not the site's own."
        if amazon.pays(self.own_tags):
            check = MIXED_TAGS
            what = f"carries the tag {tag}, which is not the site's own, beside one that is."
        way_out = 'Remove the tag, or declare it: AMAZON_AFFILIATE = {"own_tags": [...]} in pelicanconf.py.'
        page.report_link(check, link, what, way_out)

    def _undisclosed(self, page: Page, link: Reference, way_out: str) -> None:
        what = "carries a tag of the site's own, but would get no label."
        page.report_link(UNDISCLOSED_PAID_LINK, link, what, way_out, subject=link.url)

    def short_without_label(self, page: Page, link: Reference) -> None:
        """Report a short link that its author says pays, and that cannot hold the label."""
        what = "pays, as its author says, but would get no label."
        way_out = "Write an ordinary link outside of code, which can hold the label."
        page.report_link(UNDISCLOSED_PAID_LINK, link, what, way_out, subject=link.url)

    def spelling(self, page: Page, link: Reference) -> None:
        """Judge how the address of a store is written."""
        address = link.verdict.address
        assert address is not None, "it leads to a store"
        if address.scheme == "http":
            what, way_out = "leads to Amazon without encryption.", "Begin the address with https:."
            page.report_link(OUTDATED_AMAZON_LINK, link, what, way_out)
        if address.host.startswith("smile."):
            what = f"leads to {address.host}, which is not the store's own address."
            page.report_link(OUTDATED_AMAZON_LINK, link, what, "Write www. in place of smile.")
        keys = ", ".join(attribution_in(address.href))
        if keys:
            page.report_link(
                ATTRIBUTION_PARAMETER,
                link,
                f"carries {keys} in its query, as links of Amazon Attribution do. That is left as it is, and whose "
                "account a sale is counted for is not known.",
                "Write the plain address of the product; or, if the measuring is meant, "
                'write {data-affiliate="off"} behind the link.',
            )

    def surroundings(self, page: Page, link: Reference, label: str) -> None:
        """Judge the words of a link that pays, and of the paragraph, cell or heading around it. label: is none of
        them."""
        words = page.words_of(link, (label.lstrip(),))
        parts = page.parts_of(link)
        first = parts[0] if len(parts) == 1 else next((part for part in parts if part.text.strip()), parts[0])
        block = first.closest(_BLOCKS)
        around = words if block is None else block.text
        if is_vague(words, around):
            what = f"says “{' '.join(words.split())}”, and nobody sees that it leads to Amazon."
            page.report_link(VAGUE_AMAZON_LINK, link, what, "Name the product, or Amazon, in the words of the link.")
        price = price_in(around)
        if price is not None:
            what = f"pays, and beside it stands the price {price}: Amazon allows none but those its interface gives."
            way_out = "Leave the price to Amazon's own page."
            page.report_link(PRICE_BESIDE_AMAZON_LINK, link, what, way_out)

    def other(self, page: Page, link: Reference, amazon: AmazonLink) -> None:
        """Judge an address that is none of a store, or not one that can be trusted."""
        host = shown_host(link.verdict.host)
        if amazon.kind is Kind.SUSPICIOUS and amazon.pays(self.own_tags):
            self._undisclosed(page, link, "Write the address as the store shows it, without user name and port.")
        elif amazon.kind is Kind.SUSPICIOUS:
            page.report_link(
                SUSPICIOUS_AMAZON_LINK,
                link,
                f"leads to {host} with a user name or a port in its address.",
                "Write the address as the store shows it.",
            )
            if self.foreign_tag == "error":
                for tag in filter(self.is_foreign, dict.fromkeys(amazon.tags)):
                    self._foreign(page, link, amazon, tag)
        elif amazon.kind is Kind.SHORT:
            page.report_link(
                SHORT_AMAZON_LINK,
                link,
                "hides where it leads, and whose tag it carries.",
                "Write the address of the product itself; or say whether the link pays you: "
                '{data-affiliate="own"} or {data-affiliate="none"} behind it. '
                "“privacy links --expand” asks where it leads.",
            )
        elif amazon.kind is Kind.LOOK_ALIKE:
            page.report_link(
                LOOK_ALIKE,
                link,
                f"leads to {host}, which looks like Amazon and is none of its hosts.",
                'Correct the address; or, if it is meant, write {data-affiliate="off"} behind the link.',
            )

    def unknown_control(self, page: Page, link: Reference) -> None:
        """Report a word that means nothing."""
        what = "has a data-affiliate that is none of " + ", ".join(f"“{word}”" for word in CONTROLS) + "."
        page.report_link(WRONG_CONTROL, link, what, "Correct it; what it was to say is not known.")

    def untranslated(self, page: Page) -> None:
        """Report that the sentence stands in English on a page in another language."""
        page.findings.append(
            Finding(
                UNTRANSLATED_DISCLOSURE,
                f"Amazon's sentence stands in English on a page in “{page.language}”: no translation is verified.",
                "If your contract has one, write it in theme/messages/"
                f"amazon_affiliate.{page.language.partition('-')[0].lower()}.toml.",
                subject=page.language,
            )
        )
