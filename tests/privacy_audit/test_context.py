"""The same words in another place mean something else: the audit tells them apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.privacy_audit.mails import mails_in
from tests.privacy_audit.test_output import FILM, judged, page, told

# What one page teaches about the next


def test_a_url_that_was_right_on_one_page_is_judged_anew_where_a_base_gives_it_another_meaning(
    tmp_path: Path,
) -> None:
    files: dict[str, str | bytes] = {
        "a.html": page('<a href="/about.html">x</a>'),
        "about.html": page("x"),
        "b.html": page('<base href="https://tracker.example/"><img src="/about.html">'),
    }

    assert ("b.html", "undeclared-load") in told(judged(tmp_path, files))


@pytest.mark.parametrize(
    "hidden",
    [
        f"<svg><desc><iframe src='{FILM}'></iframe></desc></svg>",
        f"<svg><foreignObject><iframe src='{FILM}'></iframe></foreignObject></svg>",
        f"<math><mi><iframe src='{FILM}'></iframe></mi></math>",
        f"<p><svg><g></g></svg><svg><title><iframe src='{FILM}'></iframe></title></svg>",
    ],
)
def test_html_in_a_drawing_is_read_as_html(tmp_path: Path, hidden: str) -> None:
    found = told(judged(tmp_path, {"a.html": page(hidden)}, services=["youtube"]))

    assert ("a.html", "ungated-load") in found or ("a.html", "ungateable-load") in found


# Mail addresses


@pytest.mark.parametrize("domain", ["notexample.com", "my-example.org", "latest", "contest.de"])
def test_a_domain_that_ends_like_a_reserved_one_is_somebodys(domain: str) -> None:
    assert list(mails_in(f"jane@{domain}")) == ([f"jane@{domain}"] if "." in domain else [])


@pytest.mark.parametrize(
    "domain", ["example.com", "mail.example.org", "a.test", "localhost", "x.invalid", "b.example"]
)
def test_a_domain_that_is_reserved_is_nobodys(domain: str) -> None:
    assert list(mails_in(f"jane@{domain}")) == []
