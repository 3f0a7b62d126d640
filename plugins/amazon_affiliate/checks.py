"""The checks of the Amazon plugin. Each has one level; the README lists them all."""

from __future__ import annotations

from ..privacy.findings import Check, Level

WRONG_MARKETPLACE = Check(
    "wrong-marketplace-tag",
    Level.ERROR,
    "No link to one Amazon store carries the site's own tag for another store.",
)
MIXED_TAGS = Check(
    "mixed-tags",
    Level.ERROR,
    "No Amazon link carries a tag of the site's own together with a stranger's.",
)
UNDISCLOSED_PAID_LINK = Check(
    "undisclosed-paid-link",
    Level.ERROR,
    "No link that pays, by a tag of the site's own or as its author says, goes without label and disclosure.",
)
REFUSED_TAG = Check(
    "refused-tag",
    Level.ERROR,
    'Where AMAZON_AFFILIATE["foreign_tag"] is "error", no Amazon link carries a tag that is not the site\'s own.',
)
FOREIGN_TAG = Check(
    "foreign-tag",
    Level.NOTE,
    "No Amazon link carries a tag that is not the site's own.",
)
TRADEMARK_IN_TAG = Check(
    "trademark-in-tag",
    Level.NOTE,
    "No tag of the site's own holds a name that belongs to Amazon (amazon, kindle, alexa, …).",
)
SUSPICIOUS_AMAZON_LINK = Check(
    "suspicious-amazon-link",
    Level.NOTE,
    "No link that leads to an Amazon store has a user name or a port in its address.",
)
SHORT_AMAZON_LINK = Check(
    "short-amazon-link",
    Level.NOTE,
    "Of every short link to Amazon (amzn.to, a.co, …) its author says whether it pays.",
)
LOOK_ALIKE = Check(
    "amazon-look-alike",
    Level.NOTE,
    "No link leads to a host that looks like Amazon and is not.",
)
ATTRIBUTION_PARAMETER = Check(
    "attribution-parameter",
    Level.NOTE,
    "No link to an Amazon store carries parameters of Amazon Attribution, an advertiser's measuring (maas, aa_…).",
)
OUTDATED_AMAZON_LINK = Check(
    "outdated-amazon-link",
    Level.NOTE,
    "Links to Amazon begin with https: and do not name the store smile.",
)
VAGUE_AMAZON_LINK = Check(
    "vague-amazon-link",
    Level.NOTE,
    "The words of a link that pays, or those around it, say what it leads to, or that it leads to Amazon.",
)
PRICE_BESIDE_AMAZON_LINK = Check(
    "price-beside-amazon-link",
    Level.NOTE,
    "No price stands beside a link that pays: Amazon's programme wants prices of the day, from its own interface.",
)
UNTRANSLATED_DISCLOSURE = Check(
    "untranslated-disclosure",
    Level.NOTE,
    "Amazon's sentence stands in the language of the page.",
)
AMAZON_AD = Check(
    "amazon-ad",
    Level.NOTE,
    "No page loads a counting pixel or a product picture from Amazon's ad hosts; the build takes them out.",
)
