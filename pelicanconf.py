"""What the site is: its names, its addresses, its menu, and what it declares about third parties."""

import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))  # so that the plugins are found wherever the build is called from

from plugins import (  # noqa: E402
    amazon_affiliate,
    cookie_banner,
    forms,
    headers,
    privacy,
    privacy_audit,
    privacy_policy,
    privacy_report,
    third_party_links,
)
from plugins.privacy.table_classes import TableClasses  # noqa: E402

# The site

SITENAME = "Example Systems"
SITEURL = ""
TIMEZONE = "Europe/Berlin"
DEFAULT_LANG = "en"

PATH = str(ROOT / "content")
THEME = str(ROOT / "theme")
OUTPUT_PATH = str(ROOT / "output")

COMPANY = {
    "name": "Example Systems GmbH",
    "street": "Musterstraße 1",
    "postcode": "12345",
    "city": "Musterstadt",
    "country": "DE",
    "email": "hello@example.com",
}
MENUITEMS = [
    ("Products", "/products/"),
    ("Blog", "/blog/"),
    ("Partners", "/partners/"),
    ("Support", "/support/"),
    ("About", "/about/"),
    ("Contact", "/contact/"),
]
GOATCOUNTER = "https://example-systems.goatcounter.com/count"  # your account counts the views; "" for none

# Privacy: the one declaration of third parties. Banner, gates, policy and audit follow from it.

PRIVACY = {
    "site": "https://www.example.com",
    "controller": {
        "name": COMPANY["name"],
        "email": "privacy@example.com",
        "address": [COMPANY["street"], f"{COMPANY['postcode']} {COMPANY['city']}"],
        "country": COMPANY["country"],
        "phone": "+49 0000 000000",
        "authority": {
            "name": "Landesbeauftragte für den Datenschutz Musterland",
            "address": ["Beispielplatz 1", "12345 Musterstadt"],
        },
    },
    "hosting": {
        "provider": "Example Hosting GmbH",
        "country": "DE",
        "logged": ["ip-address", "time", "page-address", "status", "bytes", "referrer", "browser"],
        "retention": "P7D",
        "basis": "f",
        "interest": {
            "en": "a website that works and withstands attacks",
            "de": "eine Website, die funktioniert und Angriffen standhält",
        },
    },
    "first_party": [],
    "partners": [
        {"name": "OpenZFS", "hosts": ["openzfs.org", ".openzfs.org"]},
        {"name": "Debian", "hosts": ["debian.org", ".debian.org"]},
        {"name": "FreeBSD", "hosts": ["freebsd.org", ".freebsd.org"]},
        {"name": "Samba", "hosts": ["samba.org", ".samba.org"]},
    ],
    "services": ["youtube", "openstreetmap", "goatcounter"],
    "forms": [
        {"id": "contact", "backend": "endpoint", "action": "https://forms.example.com/contact"},
        {"id": "newsletter", "backend": "endpoint", "action": "https://forms.example.com/newsletter"},
        {"id": "data-request", "backend": "endpoint", "action": "https://forms.example.com/data-request"},
    ],
    "security": {"contact": ["mailto:security@example.com"], "expires": date(2027, 10, 31)},
}
AMAZON_TAGS = {
    "amazon.com": "examplesystems-20",
    "amazon.de": "examplesystems-21",
    "amazon.co.uk": "examplesystemsuk-21",
}

# The build: SafePelican publishes a whole and audited site, or nothing

PELICAN_CLASS = privacy.SafePelican
PLUGINS = [
    privacy,
    cookie_banner,
    headers,
    amazon_affiliate,
    third_party_links,
    privacy_policy,
    privacy_report,
    forms,
    privacy_audit,
]

# Where the sources are

ARTICLE_PATHS = ["blog"]
USE_FOLDER_AS_CATEGORY, DEFAULT_CATEGORY = False, "Notes"  # of an article without a line “Category:”
PAGE_PATHS = ["pages", "products", "privacy"]
STATIC_PATHS = ["images", "extra"]
IGNORE_FILES = ["**/.*", ".*", "*~", "#*#", "*.bak"]  # hidden files, and what editors leave behind
READERS = {"html": None}  # an HTML file below a static path is copied, not read as an article
MARKDOWN = {
    "extensions": [
        "markdown.extensions.extra",
        "markdown.extensions.codehilite",
        "markdown.extensions.meta",
        "markdown.extensions.toc",
        TableClasses(),
    ],
    "extension_configs": {
        "markdown.extensions.extra": {"footnotes": {"SEPARATOR": "-"}},  # ids without colons
        "markdown.extensions.codehilite": {"css_class": "highlight", "guess_lang": False},
        "markdown.extensions.toc": {"permalink": False},
    },
    "output_format": "html5",
}

# Where the pages go

ARTICLE_URL, ARTICLE_SAVE_AS = "blog/{slug}/", "blog/{slug}/index.html"
ARTICLE_LANG_URL, ARTICLE_LANG_SAVE_AS = "{lang}/blog/{slug}/", "{lang}/blog/{slug}/index.html"
DRAFT_URL, DRAFT_SAVE_AS = "drafts/blog/{slug}/", "drafts/blog/{slug}/index.html"
DRAFT_LANG_URL, DRAFT_LANG_SAVE_AS = "drafts/{lang}/blog/{slug}/", "drafts/{lang}/blog/{slug}/index.html"
PAGE_URL, PAGE_SAVE_AS = "{slug}/", "{slug}/index.html"
PAGE_LANG_URL, PAGE_LANG_SAVE_AS = "{lang}/{slug}/", "{lang}/{slug}/index.html"
DRAFT_PAGE_URL, DRAFT_PAGE_SAVE_AS = "drafts/{slug}/", "drafts/{slug}/index.html"
DRAFT_PAGE_LANG_URL = "drafts/{lang}/{slug}/"
DRAFT_PAGE_LANG_SAVE_AS = "drafts/{lang}/{slug}/index.html"
INDEX_URL, INDEX_SAVE_AS = "blog/", "blog/index.html"
ARCHIVES_URL, ARCHIVES_SAVE_AS = "blog/archive/", "blog/archive/index.html"
TAG_URL, TAG_SAVE_AS = "blog/tag/{slug}/", "blog/tag/{slug}/index.html"
TAGS_URL, TAGS_SAVE_AS = "blog/tag/", "blog/tag/index.html"
CATEGORY_URL, CATEGORY_SAVE_AS = "blog/category/{slug}/", "blog/category/{slug}/index.html"
CATEGORIES_URL, CATEGORIES_SAVE_AS = "blog/category/", "blog/category/index.html"
AUTHOR_SAVE_AS = AUTHORS_SAVE_AS = AUTHOR_URL = ""
DIRECT_TEMPLATES = ["index", "archives", "tags", "categories", "sitemap", "robots"]
SITEMAP_SAVE_AS, ROBOTS_SAVE_AS = "sitemap.xml", "robots.txt"
DEFAULT_PAGINATION = 6
# of the archive: titles, of which 200 weigh 50 kB
PAGINATED_TEMPLATES = {"index": None, "tag": None, "category": None, "author": None, "archives": 200}
PAGINATION_PATTERNS = (  # Pelican's own names collide: page 3 of "u2" and page 1 of "u23" are one file
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)

# Feeds

FEED_DOMAIN = PRIVACY["site"]
FEED_MAX_ITEMS = 20  # whole articles, which readers fetch anew every hour: a hundred of 8 kB weigh 1.2 MB
FEED_ALL_ATOM = "feeds/all.atom.xml"
CATEGORY_FEED_ATOM = "feeds/{slug}.atom.xml"
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
