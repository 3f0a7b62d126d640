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
MIXED_CONTENT = Check(
    "mixed-content",
    Level.ERROR,
    "Nothing is fetched from an unencrypted address by a site that is encrypted.",
)
UNDECLARED_STORAGE = Check(
    "undeclared-storage",
    Level.ERROR,
    "No script of the site's own writes a cookie or an entry of the browser's storage that is not declared.",
)
UNUSED_STORAGE = Check(
    "unused-storage",
    Level.ERROR,
    'Everything that PRIVACY["stores"] declares is stored by a script of the site\'s own.',
)
STALE_INTEGRITY = Check(
    "stale-integrity",
    Level.ERROR,
    "Every integrity attribute on a file of the site's own fits that file, which browsers refuse otherwise.",
)
MISSING_POLICY_LINK = Check(
    "missing-policy-link",
    Level.ERROR,
    "Every page links visibly to the privacy policy, where the site has one.",
)
MISSING_CONTROL = Check(
    "missing-settings-control",
    Level.ERROR,
    "Every page of a site that asks for consent has the privacy settings, where consent is withdrawn.",
)
PERSONAL_MAIL = Check(
    "personal-mail",
    Level.ERROR,
    "No mail address is published but the controller's and those that are declared as public.",
)
IMAGE_LOCATION = Check(
    "image-location",
    Level.ERROR,
    "No picture or film says where it was taken.",
)
IMAGE_CAMERA = Check(
    "image-camera",
    Level.NOTE,
    "No picture or film names its author, the camera, a serial number or a town in hidden data.",
)
PLACEHOLDER_COMPANY = Check(
    "placeholder-company",
    Level.ERROR,
    "No site under a real domain carries the data of the made-up company of this repository.",
)
UNMARKED_LINK = Check(
    "unmarked-link",
    Level.ERROR,
    "Every link that leaves the website says so, to eyes and to screen readers.",
)
UNTAGGED_LINK = Check(
    "untagged-affiliate-link",
    Level.ERROR,
    "Every link to a store for which the site has a tag carries it, unless its author turned that off or copied the "
    "page as it is.",
)
SCRIPT_HOST = Check(
    "script-names-host",
    Level.NOTE,
    "No script of the site's own names a third party, from which it could load when it runs.",
)
INLINE_HANDLER = Check(
    "inline-handler",
    Level.NOTE,
    "No element runs code from an on… attribute or a javascript: address, which a strict Content Security "
    "Policy forbids.",
)
INLINE_STYLE = Check(
    "inline-style",
    Level.NOTE,
    "No element has a style attribute that the Content Security Policy keeps browsers from applying.",
)
SOURCE_MAP = Check(
    "source-map",
    Level.NOTE,
    "No source map lies at a third party, is missing, or shows the folders of somebody's computer.",
)
COPIED_PAGE = Check(
    "copied-page",
    Level.NOTE,
    "Copied pages, which no plugin changes, have what all others have: policy link, settings, marks, labels.",
)
POLICY_DATE_PUBLISHED = Check(
    "policy-date-published",
    Level.ERROR,
    "The published policy tells the date of the version that was released last.",
)
POLICY_EVIDENCE = Check(
    "policy-evidence",
    Level.ERROR,
    "The published policy names what the site has (services, storage, forms, partners, paid links, …), and nothing "
    "else.",
)
CSP_UNDECLARED = Check(
    "csp-undeclared",
    Level.ERROR,
    "The Content Security Policy lets through what is declared, nothing else, and no code from anywhere.",
)
CSP_INLINE = Check(
    "csp-inline-script",
    Level.ERROR,
    "Every inline script of a page has its hash in the Content Security Policy, without which browsers refuse it.",
)
EARLY_REQUEST = Check(
    "request-before-consent",
    Level.ERROR,
    "In a real browser (`--browser`), no declared service is asked for anything before the visitor agrees.",
)
UNDECLARED_REQUEST = Check(
    "undeclared-request",
    Level.ERROR,
    "In a real browser (`--browser`), no host is asked for anything that no declared service has.",
)
SEEN_STORAGE = Check(
    "stored-undeclared",
    Level.ERROR,
    "In a real browser (`--browser`), nothing is stored that is not declared, and nothing before its time.",
)
CSP_VIOLATION = Check(
    "policy-violation",
    Level.ERROR,
    "In a real browser (`--browser`), no page does what its own Content Security Policy forbids.",
)
