"""The checks of the core. Each has one level; the README lists them all."""

from __future__ import annotations

from .findings import Check, Level

WRONG_SETTING = Check(
    "wrong-setting",
    Level.ERROR,
    "The settings are complete and free of unknown or misspelt keys.",
)
BROKEN_SETTINGS = Check(
    "broken-settings",
    Level.ERROR,
    "The settings file can be read, and every plugin it imports can be imported.",
)
PLUGIN_MISSING = Check(
    "plugin-missing",
    Level.ERROR,
    "Every plugin that PLUGINS asks for was imported and registered.",
)
RULE_FAILED = Check(
    "rule-failed",
    Level.ERROR,
    "No rule, template or plugin stops with an error of its own while a page is made.",
)
DROPPED_SOURCE = Check(
    "dropped-source",
    Level.ERROR,
    "Every file below content/ became a page or was copied.",
)
UNCLEAR_DATE = Check(
    "unclear-date",
    Level.ERROR,
    "Every date of an article or page is written YYYY-MM-DD, which nobody can read as another day.",
)
SAME_ADDRESS = Check(
    "same-address",
    Level.ERROR,
    "No two files below content/ make the same page, and none makes a file that the site derives.",
)
UNFILLED_POLICY = Check(
    "unfilled-policy",
    Level.ERROR,
    "No privacy policy is published with a marker, such as [privacy:updated], that nothing has filled in.",
)
OLD_FACT = Check(
    "old-fact",
    Level.NOTE,
    "What is known of a declared service was read within the last 18 months.",
)
OLD_SUFFIX_LIST = Check(
    "old-suffix-list",
    Level.NOTE,
    "The list of public suffixes, by which the company's hosts are told from strangers', is at most a year old.",
)
UNDECLARED_LOAD = Check(
    "undeclared-load",
    Level.ERROR,
    "Nothing is loaded from a host that no declared service has.",
)
UNGATED_LOAD = Check(
    "ungated-load",
    Level.ERROR,
    "What a declared service loads waits for the visitor's consent.",
)
UNGATEABLE_LOAD = Check(
    "ungateable-load",
    Level.ERROR,
    "Nothing is loaded from a third party in a way that cannot wait: style sheets, style attributes, "
    "backgrounds, frames, refreshes, copied files.",
)
UNREADABLE_LOAD = Check(
    "unreadable-load",
    Level.ERROR,
    "No frame or object loads from a javascript: address, of which nobody can say what it will load.",
)
UNDECLARED_SUBMISSION = Check(
    "undeclared-submission",
    Level.ERROR,
    "No form, button or ping sends data to a host that no declared service has.",
)
FOREIGN_BASE = Check(
    "foreign-base",
    Level.ERROR,
    "No <base> turns the relative addresses of a page into a third party's.",
)
BROKEN_GATE = Check(
    "broken-gate",
    Level.ERROR,
    "What waits for consent sleeps whole in one inert template of the right service.",
)
WRONG_CONTROL = Check(
    "wrong-control",
    Level.ERROR,
    "What authors write to control a link (data-affiliate, data-xlink, “Affiliate:”) is a word that means something.",
)
UNDECLARED_FORM = Check(
    "undeclared-form",
    Level.ERROR,
    "No form with entries of visitors is sent to an address that no form of the declaration has.",
)
UNDECLARED_FIELD = Check(
    "undeclared-field",
    Level.ERROR,
    "No form asks for a field that its declaration lacks.",
)
FORM_BY_GET = Check(
    "form-by-get",
    Level.ERROR,
    "No form sends personal data by GET, which would write them into addresses, histories and logs.",
)
INSECURE_FORM = Check(
    "insecure-form",
    Level.ERROR,
    "No form is sent unencrypted, to an http: address.",
)
PRETICKED_BOX = Check(
    "pre-ticked-box",
    Level.ERROR,
    "No box of a form is ticked before the visitor ticks it.",
)
FORM_WITHOUT_CONSENT = Check(
    "form-without-consent",
    Level.ERROR,
    "A form whose basis is consent asks for it, by a required box of its own.",
)
UNDECLARED_NETLIFY_FORM = Check(
    "undeclared-netlify-form",
    Level.ERROR,
    "No form carries Netlify's attribute, by which Netlify takes what is entered, without being declared so.",
)
STALE_EXCEPTION = Check(
    "stale-exception",
    Level.ERROR,
    "Every exception in PRIVACY still holds, and is still needed.",
)
