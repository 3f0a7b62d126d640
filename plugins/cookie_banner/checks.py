"""The checks of the consent plugin. Each has one level; the README lists them all."""

from __future__ import annotations

from ..privacy.findings import Check, Level

GATED_HANDLER = Check(
    "gated-handler",
    Level.ERROR,
    "What waits for consent carries no on… attribute, which a strict Content Security Policy forbids.",
)
GATED_WRITE = Check(
    "gated-write",
    Level.ERROR,
    "No inline script that waits for consent calls document.write, which would empty the page when it is woken.",
)
GATED_TOO_LATE = Check(
    "gated-too-late",
    Level.NOTE,
    "No inline script that waits for consent waits for the page as well: its events have passed when it is woken.",
)
REMOTE_PREVIEW = Check(
    "remote-preview",
    Level.ERROR,
    "The preview picture of an embed (data-preview) is one of the site's own.",
)
UNCLOSED_EMBED = Check(
    "unclosed-embed",
    Level.ERROR,
    "An embed that has to wait for consent is closed by its own end tag.",
)
FORGED_CONSENT = Check(
    "forged-consent",
    Level.ERROR,
    "No page brings controls of its own that look like the banner's, or hide it, or agree in the visitor's place.",
)
NO_PLACE_FOR_BANNER = Check(
    "no-place-for-banner",
    Level.ERROR,
    "Every page of a site that asks for consent has a <body> tag, where the banner goes.",
)
UNTRANSLATED_CONSENT = Check(
    "untranslated-consent",
    Level.ERROR,
    "Every page of a site that asks for consent is in a language in which the question is written.",
)
NO_POLICY = Check(
    "no-policy",
    Level.ERROR,
    "A site that asks for consent has a privacy policy to which the banner leads.",
)
