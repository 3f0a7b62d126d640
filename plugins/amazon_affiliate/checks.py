"""The checks of the Amazon plugin. Each has one level; the README lists them all."""

from __future__ import annotations

from ..privacy.findings import Check, Level

WRONG_MARKETPLACE = Check(
    "wrong-marketplace-tag",
    Level.ERROR,
    "No link to one Amazon store carries the site's own tag for another store.",
)
FOREIGN_TAG = Check(
    "foreign-tag",
    Level.NOTE,
    "No Amazon link carries a tag that is not the site's own.",
)
UNDISCLOSED_PAID_LINK = Check(
    "undisclosed-paid-link",
    Level.ERROR,
    "No link that pays, by a tag of the site's own, goes without label and disclosure.",
)
SUSPICIOUS_AMAZON_LINK = Check(
    "suspicious-amazon-link",
    Level.NOTE,
    "No link that leads to an Amazon store has a user name or a port in its address.",
)
