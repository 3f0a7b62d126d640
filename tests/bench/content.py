"""The site of the bench: generated articles of about 8 kB of Markdown. Each has twelve links (a third each
to own pages, to Amazon, to other sites), six pictures, a table, code, an embed, and every fourth a second one.

The same numbers give the same bytes.
"""

from __future__ import annotations

import random
from pathlib import Path

from pelicanconf import PRIVACY
from plugins.privacy.settings import Privacy

WORDS = (
    "storage array pool disk mirror stripe parity checksum snapshot replica backup restore latency queue "
    "cache log write read block sector drive rack power cable network switch server client share volume "
    "quota dataset record scrub resilver spare bay sled fan airflow heat sensor alert report monthly"
).split()
HOSTS = ("www.example.org", "docs.example.net", "openzfs.org", "www.debian.org", "wiki.example.edu")
FORMS = ("contact", "newsletter", "data-request")
_FILM = (
    '<iframe width="560" height="315" src="https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ" '
    'title="A film" allowfullscreen></iframe>'
)
POLICY = """Title: Privacy policy
Slug: privacy
Updated: 2026-01-02

How this site deals with data.

[privacy:all]
"""


def write_site(folder: Path, articles: int) -> None:
    """Write the content folder of a site with so many articles."""
    for name in ("blog", "pages", "privacy", "images", "extra", "products"):
        (folder / name).mkdir(parents=True)
    (folder / "privacy" / "policy.md").write_text(POLICY, "utf-8")
    (folder / "images" / "picture.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    # what the theme's menu and footer lead to
    for name in (
        "products",
        "partners",
        "support",
        "about",
        "contact",
        "legal",
        "newsletter",
        "accessibility",
        "downloads",
        "data-request",
        *("thank-you", "please-confirm", "request-received", "not-sent"),
    ):
        text = f"[form:{name}]" if name in FORMS else _partners() if name == "partners" else "Text."
        (folder / "pages" / f"{name}.md").write_text(f"Title: {name.title()}\nSlug: {name}\n\n{text}\n", "utf-8")
    (folder / "pages" / "home.md").write_text(
        "Title: Home\nSlug: home\nURL:\nSave_as: index.html\n\nText.\n", "utf-8"
    )
    (folder / "extra" / "site.webmanifest").write_text('{"name": "Bench"}', "utf-8")
    for number in range(articles):
        (folder / "blog" / f"article-{number:05}.md").write_text(_article(number), "utf-8")


def _partners() -> str:
    partners = Privacy.model_validate(PRIVACY).partners
    return ", ".join(f"[{partner.name}](https://{partner.hosts[0]}/)" for partner in partners)


def _article(number: int) -> str:
    chance = random.Random(number)
    lines = [
        f"Title: Article {number}: {_words(chance, 5)}",
        f"Date: 20{10 + number % 15:02}-{1 + number % 12:02}-{1 + number % 28:02}",
        f"Category: category-{number % 8}",
        f"Tags: tag-{number % 30}, tag-{number % 7}",
        "",
    ]
    for section in range(6):
        lines += [f"## {_words(chance, 4)}", ""]
        for part in range(2):
            lines += [_paragraph(chance, number, 2 * section + part), ""]
        lines += [f"![{_words(chance, 3)}]({{static}}/images/picture.svg){{width=10 height=10}}", ""]
        if section == 2:
            lines += ["| one | two |\n|:----|----:|\n| a   | 1   |\n| b   | 2   |", ""]
        if section == 3:
            lines += ["```python\nfor block in blocks:\n    print(block)\n```", ""]
        if section == 4:
            lines += [
                _FILM,
                "",
            ]
    if number % 4 == 0:
        lines += ['<iframe src="https://www.openstreetmap.org/export/embed.html" title="A map"></iframe>', ""]
    return "\n".join(lines) + "\n"


def _paragraph(chance: random.Random, number: int, part: int) -> str:
    links = [
        f"[{_words(chance, 2)}](https://{chance.choice(HOSTS)}/{_words(chance, 1)}/{chance.randrange(10_000)})",
        f"[{_words(chance, 2)} at Amazon](https://www.amazon.com/dp/{chance.randrange(10**9, 10**10)})",
        f"[{_words(chance, 2)}]({{filename}}/blog/article-{number:05}.md)",
    ]
    text = f"{_words(chance, 45)} {links[part % 3]}, {_words(chance, 38)}"
    return f"{text} **{_words(chance, 3)}** and `{_words(chance, 2)}`."


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(count))
