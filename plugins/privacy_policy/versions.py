"""The rules of the lock: what the policy says now, against what was released.

Pure: the lock and the current texts in, findings out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from ..privacy.findings import Check, Finding
from .archive import Stored
from .changes import changed_facts, changes, sections
from .checks import POLICY_DATE, POLICY_UNRELEASED
from .lock import Version
from .reading import facts_hash, fingerprint, prose

RELEASE = 'privacy policy release --summary "what changed"'
_ACCEPT = 'privacy policy accept --editorial "typo"'
_RELEASE_IT = (
    f"Look at it: privacy policy diff. Release it, which sets the date: {RELEASE}. Or, where it says the same in "
    f"better words: {_ACCEPT}."
)


class Text(NamedTuple):
    """The policy in one language as the site has it now. updated: the date it declares. place: its file, as people
    read it. head: its title and lead, as HTML. body: its HTML, derived parts expanded. lines: what a reader sees."""

    updated: date
    place: str
    title: str
    head: str
    body: str
    lines: tuple[str, ...]


class Current(NamedTuple):
    """The policy as the site has it now: in each language, and the facts that it shows, by part. site: the origin
    that own absolute links may begin with."""

    texts: Mapping[str, Text]
    facts: Mapping[str, Any]
    site: str = ""

    @property
    def main_place(self) -> str:
        """The file that stands for all languages: the one without a language in its name."""
        return min((text.place for text in self.texts.values()), key=len)


class Difference(NamedTuple):
    """What is not as the last version has it. changed, added, removed: languages. facts: names of parts."""

    changed: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    facts: tuple[str, ...]

    @property
    def is_none(self) -> bool:
        """Whether everything is as it was released."""
        return not any(self)

    @property
    def is_facts(self) -> bool:
        """Whether facts changed, which no editorial change does."""
        return bool(self.facts)


def difference(stored: Stored, current: Current) -> Difference:
    """Compare the site with a version."""
    known = stored.version.texts
    now = {language: fingerprint(text.lines) for language, text in current.texts.items()}
    facts: Sequence[str] = ()
    if facts_hash(current.facts) != stored.version.facts_hash:
        facts = changed_facts(stored.facts, current.facts)
    return Difference(
        tuple(sorted(language for language in now if language in known and now[language] != known[language])),
        tuple(sorted(set(now) - set(known))),
        tuple(sorted(set(known) - set(now))),
        tuple(facts),
    )


def judge(stored: Stored, current: Current, site: str) -> list[Finding]:
    """Return what keeps the policy from being published. stored: the last version. site: the site's origin."""
    found = _dates(stored.version, current, difference(stored, current).is_none)
    return found or _texts(stored, current, site)


def one_language(stored: Stored, current: Current) -> list[Finding]:
    """Return a finding for each language that did not change when another one did (rule P8).

    Where facts changed, so did every language: then what people wrote is compared, without the derived parts.
    """
    differs = difference(stored, current)
    rewritten = _rewritten(stored, current) if differs.is_facts else differs.changed
    left = sorted(set(current.texts) - set(rewritten) - set(differs.added))
    if not rewritten or not left:
        return []
    changed = ", ".join(current.texts[language].place for language in rewritten)
    way_out = "Translate the change."
    if not differs.is_facts:
        way_out += f" Or, where the meaning stayed the same: {_ACCEPT}."
    return [
        _finding(
            POLICY_UNRELEASED,
            current.texts[language].place,
            f"{changed} changed since the release of {stored.version.date}, and this language did not.",
            way_out,
        )
        for language in left
    ]


def _rewritten(stored: Stored, current: Current) -> tuple[str, ...]:
    """Return the languages in which people changed what they wrote."""
    return tuple(
        language
        for language, text in sorted(current.texts.items())
        if language in stored.bodies
        and prose(stored.heads[language] + stored.bodies[language], current.site)
        != prose(text.head + text.body, current.site)
    )


def _dates(version: Version, current: Current, is_unchanged: bool) -> list[Finding]:
    found = []
    for text in current.texts.values():
        day = text.updated
        if day < version.date:
            what = f"“Updated: {day}” is before the last release, which was on {version.date}."
            found.append(_finding(POLICY_DATE, text.place, what, _back(version)))
        elif day > version.date and is_unchanged:
            what = f"“Updated: {day}” is a new date on a text that has not changed since {version.date}."
            found.append(_finding(POLICY_DATE, text.place, what, _back(version)))
        elif day > version.date:
            what = f"“Updated: {day}” was written by hand: the last release was on {version.date}."
            way_out = f"Write “Updated: {version.date}”, then release the change, which sets the date: {RELEASE}."
            found.append(_finding(POLICY_DATE, text.place, what, way_out))
    return found


def _back(version: Version) -> str:
    return f"Write “Updated: {version.date}”. A release sets the date: {RELEASE}."


def _texts(stored: Stored, current: Current, site: str) -> list[Finding]:
    differs = difference(stored, current)
    day = stored.version.date
    if differs.is_facts:
        what = f"The facts that the policy shows changed since its release on {day}: {', '.join(differs.facts)}."
        way_out = f"Look at it: privacy policy diff. Release it, which sets the date: {RELEASE}."
        return [_finding(POLICY_UNRELEASED, current.main_place, what, way_out), *one_language(stored, current)]
    found = []
    for language in differs.changed:
        text = current.texts[language]
        where = sections(changes(stored.lines(language, site), text.lines))
        named = f", in “{'”, “'.join(where)}”" if where else ""
        what = f"The text changed since its release on {day}{named}."
        found.append(_finding(POLICY_UNRELEASED, text.place, what, _RELEASE_IT))
    for language in differs.added:
        what = f"The release of {day} has no text in the language “{language}”."
        way_out = 'Add the translation to it: privacy policy accept --editorial "translated".'
        found.append(_finding(POLICY_UNRELEASED, current.texts[language].place, what, way_out))
    for language in differs.removed:
        what = f"The release of {day} has a text in the language “{language}”, and the site has none any more."
        way_out = f"Restore the file, or accept that it is gone: {_ACCEPT}."
        found.append(_finding(POLICY_UNRELEASED, current.main_place, what, way_out))
    return found + one_language(stored, current)


def _finding(check: Check, place: str, what: str, way_out: str) -> Finding:
    return Finding(check, what, way_out, place=place, evidence=what)
