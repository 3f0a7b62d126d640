"""The checks of the plugin for headers. Each has one level; the README lists them all."""

from __future__ import annotations

from ..privacy.findings import Check, Level

DANGEROUS_POLICY = Check(
    "dangerous-policy",
    Level.ERROR,
    "No service weakens the Content Security Policy for the whole site without a reason in the settings, and no "
    "reason stands there in vain.",
)
NO_PLACE_FOR_HEADERS = Check(
    "no-place-for-headers",
    Level.ERROR,
    "Every page has a <head> or <body>, where the Content Security Policy goes for hosts that set no headers.",
)
LONG_POLICY = Check(
    "long-policy",
    Level.NOTE,
    "The Content Security Policy is short enough for every host that reads _headers.",
)
