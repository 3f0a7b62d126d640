"""The headers of a whole site: the file for hosts that read it, and the snippets for servers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plugins.headers.checks import DANGEROUS_POLICY
from plugins.headers.glue import settings
from plugins.headers.inline import hash_of
from plugins.headers.servers import LONGEST_LINE, read_file
from plugins.privacy.findings import Finding
from tests.kit import PRIVACY
from tests.site_kit import VIDEO, Site, new_site

SERVICE: dict[str, Any] = {
    "id": "chat",
    "name": "Chat",
    "provider": "Chat Ltd.",
    "purpose": "functional",
    "reason": "It receives the visitor's address.",
    "hosts": [{"host": "chat.example", "role": "script"}],
    "csp": [
        {
            "directive": "script-src",
            "allow": "'unsafe-eval'",
            "source": "https://chat.example",
            "checked": "2026-11-22",
        }
    ],
}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site with one embed."""
    made = new_site(tmp_path)
    made.add("pelicanconf.py", 'PRIVACY["services"] = ["youtube"]\n')
    made.add("content/pages/home.md", f"\n{VIDEO}\n")
    return made


def headers(site: Site) -> dict[str, str]:
    """The headers that the built site asks for."""
    ended = site.build()
    assert ended.code == 0, ended
    return read_file((site.output / "_headers").read_text("utf-8"))


def found(services: list[Any], reasons: dict[str, str]) -> list[Finding]:
    """What is wrong with these settings."""
    return settings({"PRIVACY": {**PRIVACY, "services": services, "headers": {"dangerously_allow_csp": reasons}}})


def test_a_service_that_weakens_the_policy_needs_a_reason() -> None:
    (finding,) = found([SERVICE], {})

    assert str(finding) == (
        "pelicanconf.py  dangerous-policy\n"
        "    Chat needs script-src 'unsafe-eval' in the Content Security Policy, which weakens it on every\n"
        "    page.\n"
        '    Use another service, or give the reason in PRIVACY["headers"]["dangerously_allow_csp"]: {"chat":\n'
        '    "…"}.'
    )
    assert found([SERVICE], {"chat": "It is ours."}) == []


@pytest.mark.parametrize(("services", "name"), [([], "chat"), (["youtube"], "youtube"), ([SERVICE], "other")])
def test_a_reason_in_vain_is_told_of(services: list[Any], name: str) -> None:
    reasons = {"chat": "It is ours."} if services == [SERVICE] else {}

    (finding,) = found(services, {name: "Because.", **reasons})

    assert finding.check is DANGEROUS_POLICY
    assert finding.what == (
        f'PRIVACY["headers"]["dangerously_allow_csp"] names “{name}”, and no declared service of this name needs '
        "anything dangerous."
    )
    assert finding.way_out == "Remove it."


def test_a_site_without_third_parties_has_the_strictest_headers(tmp_path: Path) -> None:
    assert headers(new_site(tmp_path)) == {
        "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; media-src 'self'; connect-src 'self'; frame-src 'self'; manifest-src 'self'; form-action 'self'; "
        "base-uri 'self'; frame-ancestors 'self'",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "accelerometer=(), browsing-topics=(), camera=(), compute-pressure=(), display-capture=(), "
        "geolocation=(), gyroscope=(), hid=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), "
        "serial=(), usb=(), xr-spatial-tracking=()",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Strict-Transport-Security": "max-age=31536000",
    }


def test_a_site_without_tls_does_not_demand_it(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    site.add("pelicanconf.py", 'PRIVACY["site"] = "http://intranet.example.com"\n')

    assert "Strict-Transport-Security" not in headers(site)


def test_scripts_and_styles_of_all_pages_and_copied_files_are_let_through_by_the_header(site: Site) -> None:
    site.add("content/pages/home.md", "\n<script>one()</script>\n")
    site.add("content/blog/first.md", "\n<script>two()</script>\n")
    site.write(
        "content/extra/copied.html", "<!doctype html><title>t</title><style>p {}</style><script>three()</script>"
    )
    site.write("content/extra/data.html", '<!doctype html><script type="application/ld+json">{}</script>')

    policy = headers(site)["Content-Security-Policy"]

    scripts = " ".join(sorted(hash_of(text) for text in ("one()", "two()", "three()")))
    assert (
        f"; script-src 'self' https://www.youtube.com https://youtube.com {scripts}; style-src 'self' {hash_of('p {}')}; "
        in policy
    )
    home = (site.output / "index.html").read_text("utf-8")
    assert hash_of("one()") in home
    assert hash_of("two()") not in home


def test_servers_get_the_same_headers_beside_the_output(site: Site) -> None:
    wanted = headers(site)

    nginx = (site.folder / "build/headers/nginx.conf").read_text("utf-8")
    caddy = (site.folder / "build/headers/Caddyfile").read_text("utf-8")

    for name, value in wanted.items():
        assert f'add_header {name} "{value}" always;\n' in nginx
        assert f'\t{name} "{value}"\n' in caddy


@pytest.mark.slow
def test_a_failing_build_leaves_the_snippets_as_they_were(site: Site) -> None:
    headers(site)
    snippet = site.folder / "build/headers/nginx.conf"
    former = snippet.read_text("utf-8")
    site.add("content/pages/home.md", "\n<script>one()</script>\n\n[text](/nope/)\n")

    assert site.build().code == 1
    assert snippet.read_text("utf-8") == former


@pytest.mark.slow
def test_a_headers_file_of_the_authors_is_not_replaced_unsaid(site: Site) -> None:
    site.write("content/extra/_headers", "/*\n  X-Mine: yes\n")
    site.add("pelicanconf.py", 'EXTRA_PATH_METADATA = {"extra/_headers": {"path": "_headers"}}\n')

    ended = site.build()

    assert ended.code == 1
    assert (
        "content/extra/_headers  same-address\n    The site derives the file _headers, and another one stands there already."
        in ended.err
    )


def test_a_policy_that_a_host_would_cut_off_is_a_note(site: Site) -> None:
    for number in range(40):
        site.add("content/pages/home.md", f"\n<script>f({number})</script>\n")

    ended = site.build()

    assert ended.code == 0
    assert "_headers  long-policy\n    The Content Security Policy has " in ended.err
    assert f"characters, of which Cloudflare Pages reads {LONGEST_LINE:,} at most." in ended.err


def test_headers_of_single_paths_do_not_count_for_all() -> None:
    text = "# words\n/a/*\n  X-A: 1\n\n/*\n  X-B: 2\n\tX-C: a: b\n/c\n  X-D: 3\n"

    assert read_file(text) == {"X-B": "2", "X-C": "a: b"}
