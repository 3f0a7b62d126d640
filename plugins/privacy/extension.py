"""Where the other plugins join in. The core asks by these signals and knows none of them by name.

Receivers are module functions (signals hold them weakly).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from blinker import Signal

from .declaration import Declaration
from .findings import Finding

settings_wanted = Signal("sender: the settings; returns findings about the plugin's own settings")
rules_wanted = Signal("sender: Site; returns the plugin's rules, each with the stage at which it runs")
files_wanted = Signal("sender: Rendered; returns the files that the plugin derives: path below the output → bytes")
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
    settings: Pelican's. policies: as in `Site`."""

    declaration: Declaration
    folder: Path
    site_url: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    policies: Mapping[str, str] = field(default_factory=dict)


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
