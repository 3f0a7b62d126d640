"""Every finding about a link names the Markdown file and the line, in a real build."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site_kit import new_site

pytestmark = pytest.mark.slow

AMAZON = "https://www.amazon.com/dp"
# check → a line of Markdown on which it fires
NOTES = {
    "amazon-ad": '<a href="https://www.amazon.com/dp/B1"><img src="//ws-na.amazon-adsystem.com/widgets/q?ASIN=B1"></a>',
    "amazon-look-alike": "[a shop](https://amazon.com.evil.example/)",
    "attribution-parameter": f"[a drive]({AMAZON}/B7?maas=x)",
    "data-link": "[some data](data:text/plain,x)",
    "foreign-tag": f"[a drive]({AMAZON}/B2?th=1&tag=stranger-20)",
    "hidden-destination": "<https://t.co/abc>",
    "look-alike-link": "[us](https://www.exarnple.com/)",
    "misleading-link": "[us]: odd, [us](https://www.example.com@evil.example/)",
    "mixed-script-host": "[bank](https://p\u0430ypal.example/)",
    "nameless-link": "[](https://nameless.example/)",
    "outdated-amazon-link": "[a drive](https://smile.amazon.com/dp/B3)",
    "price-beside-amazon-link": f"[a drive]({AMAZON}/B4) for $ 20",
    "short-amazon-link": "[a drive](https://amzn.to/abc)",
    "suspicious-amazon-link": "[a drive](https://www.amazon.com:8443/dp/B5)",
    "unannounced-window": '<map name="m"><area href="/" target="_blank" alt="x"></map>',
    "unreadable-link": "[nowhere](http://)",
    "vague-amazon-link": f"[click here]({AMAZON}/B6)",
}
ERRORS = {
    "mixed-tags": f"[a drive]({AMAZON}/B1?tag=example-20&tag=stranger-20)",
    "script-link": "[run](javascript:alert(1))",
    "undisclosed-paid-link": f'<map name="m"><area href="{AMAZON}/B2?tag=example-20" alt="x"></map>',
    "wrong-control": f"[a drive]({AMAZON}/B3){{data-affiliate=maybe}}",
    "wrong-marketplace-tag": f"[a drive]({AMAZON}/B4?tag=example-21)",
}
HEAD = "Title: Links\nDate: 2025-11-30\n"


def told(tmp_path: Path, lines: dict[str, str], code: int) -> list[str]:
    """Return where the build of a site with these lines, an empty one after each, finds what."""
    site = new_site(tmp_path)
    site.add("pelicanconf.py", 'AMAZON_TAGS = {"amazon.com": "example-20", "amazon.de": "example-21"}\n')
    site.add("pelicanconf.py", 'MARKDOWN = {"extensions": ["markdown.extensions.extra"]}\n')
    site.write("content/blog/links.md", f"{HEAD}\n" + "\n\n".join(lines.values()) + "\n")
    ended = site.build()
    assert ended.code == code
    found = [line for line in ended.err.splitlines() if line.startswith("content/")]
    by_check = sorted(found, key=lambda line: line.partition("  ")[2])
    return [line for line in by_check if not line.endswith("inline-handler")]  # what the audit says of javascript:


@pytest.mark.parametrize(("lines", "code"), [(NOTES, 0), (ERRORS, 1)], ids=["notes", "errors"])
def test_every_finding_names_the_line_of_the_markdown_file(lines: dict[str, str], code: int, tmp_path: Path) -> None:
    first = HEAD.count("\n") + 2

    assert told(tmp_path, lines, code) == [
        f"content/blog/links.md:{first + 2 * number}  {check}" for number, check in enumerate(lines)
    ]
