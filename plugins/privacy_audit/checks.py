"""The checks that only the audit makes. Each has one level; the README lists them all."""

from __future__ import annotations

from ..privacy.findings import Check, Level

BROKEN_LINK = Check(
    "broken-link",
    Level.ERROR,
    "Every link, picture and style sheet of the site's own leads to a file of the site.",
)
UNUSED_SERVICE = Check(
    "unused-service",
    Level.ERROR,
    "Every declared service is used by the site: what is not used is not declared.",
)
UNREADABLE_FILE = Check(
    "unreadable-file",
    Level.ERROR,
    "Every page, style sheet and drawing of the site is UTF-8 text that can be read.",
)
UNUSED_FORM = Check(
    "unused-form",
    Level.ERROR,
    "Every declared form is on a page of the site: the policy speaks of no form that is not there.",
)
