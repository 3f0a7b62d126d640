"""Where the other plugins join in. The core asks by these signals and knows none of them by name.

Receivers are module functions (signals hold them weakly).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from blinker import Signal

from .declaration import Declaration
from .findings import Finding

settings_wanted = Signal("sender: the settings; returns findings about the plugin's own settings")
rules_wanted = Signal("sender: Site; returns the plugin's rules, each with the stage at which it runs")
files_wanted = Signal("sender: Rendered; returns the files that the plugin derives: path below the output → bytes")
policy_parts_wanted = Signal(
    "sender: Site; returns the parts of the privacy policy that the plugin derives: PolicyPart"
)
sources_read = Signal("sender: the settings; returns the files below the content folder that the plugin itself reads")
output_staged = Signal("sender: Staged; returns findings about the finished output")
output_accepted = Signal("sender: Accepted; whoever writes something beside the output, or packs it, does so now")

GATE, CLAIM, MARK, FRAME = range(4)
"""The stages of the rules: hold back; say what a link is; mark links; put what surrounds the page.
A page on which something was held back is parsed again before the stages after the first."""


@dataclass(frozen=True, eq=False)
class Site:
    """What a rule may be made from; one build has one. theme: the theme's folder. language: the site's default.
    policies: the path of the privacy policy in each language it is written in, relative to the site.
    policy_updated: the newest “Updated:” of them, as written there, or nothing."""

    declaration: Declaration
    settings: Mapping[str, Any]
    theme: Path
    language: str
    policies: Mapping[str, str]
    policy_updated: str = ""

    def policy_path(self, language: str) -> str | None:
        """Return where the policy stands for readers of a language, or None where there is no policy."""
        for candidate in (language, language.partition("-")[0], self.language, *sorted(self.policies)):
            if candidate in self.policies:
                return self.policies[candidate]
        return None


@dataclass(frozen=True)
class Rendered:
    """The site with all its pages and copied files in `folder`, before what plugins derive from them is written."""

    site: Site
    folder: Path


@dataclass(frozen=True)
class Staged:
    """The finished site before it is published: `folder` holds every file of it, `site_url` is its SITEURL.
    settings: Pelican's. policies: as in `Site`. told: names of the checks that have found something before."""

    declaration: Declaration
    folder: Path
    site_url: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    policies: Mapping[str, str] = field(default_factory=dict)
    told: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Accepted:
    """The site that is published as soon as all have been told.

    folder: every file of it. record: the folder for what stands beside the output and is not published.
    site_url: its SITEURL. findings: the notes on it; there are no errors.
    """

    site: Site
    folder: Path
    record: Path
    site_url: str
    findings: tuple[Finding, ...]


class PartText(NamedTuple):
    """A part of the policy in one language. title: the heading it has where the author gave it none. html: its
    markup. checked: a sentence on what of it the build checks; promised: on what the company promises; either may
    be empty, not both: each statement of the policy is one or the other, and readers are told which."""

    title: str
    html: str
    checked: str = ""
    promised: str = ""


@dataclass(frozen=True)
class PolicyPart:
    """A part of the privacy policy that follows from the declaration.

    It stands where the policy has a paragraph `[privacy:name]`, or at `[privacy:all]`. A plugin offers one by

        def parts(site: Site) -> list[PolicyPart]:
            return [PolicyPart("forms", facts, text)]

        extension.policy_parts_wanted.connect(parts)

    name: of its marker, and the value of `data-policy-part` around its markup, by which the audit finds it. What the
    markup says of one declared thing may carry `data-declares`, such as "service:youtube".
    facts: all that it shows to people, as JSON has it, without sources and check dates: when they change, the
    policy has to be released anew. None where the site has nothing to say there; a marker is then an error.
    text: its words in a language of the policy. What stands in an element with `data-unversioned` is no part of
    the text whose changes are versions, such as the day on which a source was read.
    """

    name: str
    facts: Any
    text: Callable[[str], PartText]
