"""The report as one self-contained page: no script, no third party, light and dark. Pure: values in, text out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from babel import Locale
from turbohtml.clean import minify_css

from ..headers.inline import hash_of
from ..privacy.facts import in_language
from ..privacy.wording import Wording
from .browser import State
from .changes import Change
from .numbers import Numbers
from .statements import Statement

_STYLE = Path(__file__).with_name("templates") / "report.css"


class Report(NamedTuple):
    """All that the page shows. changes: None where there is nothing to compare with. findings: None where they are
    left out. states: empty where no browser has looked. is_clean: whether the last build published."""

    numbers: Numbers
    changes: Sequence[Change] | None
    statements: Sequence[Statement]
    findings: Sequence[Mapping[str, Any]] | None
    states: Sequence[State]
    is_clean: bool = True


def page_of(report: Report, theme: Path, language: str) -> str:
    """Return the page in a language. theme: the folder that may override its words and its look."""
    wording, core = Wording("privacy_report", theme, language), Wording("privacy", theme, language)
    spoken = wording.language_of(language)
    m, style = wording.messages(spoken), minify_css(_STYLE.read_text("utf-8"))
    look = _Look(m, core.messages(spoken), Locale.parse(spoken, sep="-"), spoken)
    return (
        wording.render(
            "report.html",
            spoken,
            host=urlsplit(report.numbers["site"]).netloc,
            n=look.numbers(report.numbers),
            cards=_cards(report),
            changes=None if report.changes is None else [look.change(change) for change in report.changes],
            statements=report.statements,
            findings=report.findings,
            states=report.states,
            is_clean=report.is_clean,
            style=style,
            style_hash=hash_of(style),
        )
        + "\n"
    )


def _cards(report: Report) -> list[tuple[str, int]]:
    n = report.numbers
    checked = sum(statement.is_checked for statement in report.statements)
    cards = [
        ("pages", len(n["pages"])),
        ("before", len(n["hosts_before"])),
        ("after", len(n["hosts_after"])),
        ("services", len(n["services"])),
        ("checked", checked),
        ("promised", len(report.statements) - checked),
    ]
    return cards if report.findings is None else [*cards, ("notes", len(report.findings))]


def _groups(pages: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the pages that contact anybody, those together that contact the same hosts; the largest group first."""
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for page in pages:
        after = sorted({host for hosts in page["after"].values() for host in hosts})
        if page["before"] or after:
            found.setdefault((tuple(page["before"]), tuple(after)), []).append(page["page"])
    groups = [{"before": before, "after": after, "pages": names} for (before, after), names in found.items()]
    return sorted(groups, key=lambda group: (-len(group["pages"]), group["pages"]))


class _Look:
    """Numbers in the words of one language. m: the report's own; core: those for facts about services."""

    def __init__(self, m: Mapping[str, Any], core: Mapping[str, Any], locale: Locale, language: str) -> None:
        self._m = m
        self._core = core
        self._locale = locale
        self._language = language

    def numbers(self, numbers: Numbers) -> Numbers:
        """Return the numbers with words where they hold codes."""
        return {
            **numbers,
            "services": [self._service(service) for service in numbers["services"]],
            "groups": _groups(numbers["pages"]),
        }

    def _service(self, service: Mapping[str, Any]) -> dict[str, Any]:
        return {
            **service,
            "countries": [self._country(code) for code in service["countries"]],
            "sends": [self._sent(item) for item in service["sends"]],
        }

    def change(self, change: Change) -> Change:
        """Return a change with the words of its values, as a list in words."""
        return change._replace(was=self._words(change.was), now=self._words(change.now))  # type: ignore[arg-type]

    def _words(self, values: Sequence[str]) -> str:
        return str(self._m["list"]).join(self._word(value) for value in values) or str(self._m["none"])

    def _word(self, value: str) -> str:
        if len(value) == 2 and value.isupper():
            return self._country(value)
        known = {**self._core["sent"], **self._m["purpose"], "unknown": self._m["unknown"]}
        return str(known.get(value, value))

    def _country(self, code: str) -> str:
        return str(self._locale.territories.get(code, code))

    def _sent(self, item: Any) -> str:
        return str(self._core["sent"][item]) if isinstance(item, str) else in_language(item, self._language)
