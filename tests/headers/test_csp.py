"""The Content Security Policy follows from the declaration: its own content, what it declares, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.headers.csp import dangers, is_dangerous, policy_of
from plugins.privacy.catalogue import catalogue
from tests.kit import declared

STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; "
    "connect-src 'self'; frame-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'self'"
)


def service(*hosts: tuple[str, Any], **keys: Any) -> dict[str, Any]:
    """A service with hosts and their roles."""
    return {
        "id": "chat",
        "name": "Chat",
        "provider": "Chat Ltd.",
        "purpose": "functional",
        "reason": "It receives the visitor's address.",
        "hosts": [{"host": host, "role": role} for host, role in hosts],
        **keys,
    }


def needing(directive: str, allow: str) -> dict[str, Any]:
    """A service that needs something besides its hosts."""
    need = {"directive": directive, "allow": allow, "source": "https://chat.example/csp", "checked": "2026-11-22"}
    return service(("chat.example", "script"), csp=[need])


def directives(policy: str) -> dict[str, str]:
    """A policy as directive → sources."""
    return {name: sources for name, _, sources in (part.partition(" ") for part in policy.split("; "))}


def test_a_site_without_services_lets_nothing_through_but_its_own_content() -> None:
    policy = policy_of(declared())

    assert policy.meta == STRICT
    assert policy.header == f"{STRICT}; frame-ancestors 'self'"


def test_each_host_gets_the_directives_of_its_roles_and_no_other() -> None:
    hosts = (
        ("a.example", "script"),
        ("*.b.example", ["connect", "image"]),
        ("c.example", "link"),
        ("d.example", "inside"),
    )
    policy = policy_of(declared(services=[service(*hosts)]))

    changed = {
        name: value for name, value in directives(policy.meta).items() if directives(STRICT).get(name) != value
    }
    assert changed == {
        "script-src": "'self' https://a.example",
        "img-src": "'self' data: https://*.b.example",
        "connect-src": "'self' https://*.b.example",
    }


def test_a_directive_that_only_a_service_needs_still_lets_the_sites_own_workers_run() -> None:
    policy = directives(
        policy_of(declared(services=[service(("a.example", "worker"), ("b.example", "object"))])).meta
    )

    assert policy["worker-src"] == "'self' https://a.example"
    assert policy["object-src"] == "https://b.example"


def test_two_services_that_share_a_need_name_it_once() -> None:
    other = {**service(("b.example", "frame")), "id": "other"}
    policy = directives(policy_of(declared(services=[service(("a.example", "frame")), other])).meta)

    assert policy["frame-src"] == "'self' https://a.example https://b.example"


def test_the_companys_further_hosts_may_bring_content_and_not_become_the_base_or_the_frame_of_it() -> None:
    policy = directives(policy_of(declared(first_party=["cdn.example.net", ".example.org"])).header)

    assert policy["img-src"] == "'self' data: cdn.example.net example.org *.example.org"
    assert policy["form-action"] == "'self' cdn.example.net example.org *.example.org"
    assert (policy["base-uri"], policy["frame-ancestors"]) == ("'self'", "'self'")


def test_forms_may_be_sent_where_they_are_declared_to_go_and_nowhere_else() -> None:
    form = {"id": "contact", "action": "https://forms.example.com/post", "backend": "endpoint"}
    declaration = declared(forms=[form])

    policy = directives(policy_of(declaration).meta)

    assert policy["form-action"] == " ".join(["'self'", *declaration.form_targets])
    assert "https://forms.example.com" in declaration.form_targets


@pytest.mark.parametrize(
    ("endpoint", "sources"),
    [
        ("/consent-records", "'self'"),
        ("https://www.example.com/consent-records", "'self'"),
        ("https://records.example.com:8443/put?a=1", "'self' https://records.example.com:8443"),
    ],
)
def test_records_of_consent_may_be_sent_where_the_company_says(endpoint: str, sources: str) -> None:
    asks = declared(services=[service(("chat.example", "frame"))], consent={"record_endpoint": endpoint})
    assert directives(policy_of(asks).header)["connect-src"] == sources


def test_what_is_dangerous_is_not_let_through_without_a_reason() -> None:
    services = [needing("script-src", "'unsafe-eval'")]

    assert "'unsafe-eval'" not in policy_of(declared(services=services)).header
    allowed = declared(services=services, headers={"dangerously_allow_csp": {"chat": "The chat is ours."}})
    assert directives(policy_of(allowed).header)["script-src"] == "'self' 'unsafe-eval' https://chat.example"


@pytest.mark.parametrize(
    ("directive", "source"),
    [
        ("script-src", "'unsafe-inline'"),
        ("script-src", "'unsafe-eval'"),
        ("script-src", "'wasm-unsafe-eval'"),
        ("script-src", "'unsafe-hashes'"),
        ("script-src", "'strict-dynamic'"),
        ("style-src", "'unsafe-inline'"),
        ("img-src", "*"),
        ("img-src", "https:"),
        ("connect-src", "http:"),
        ("script-src", "data:"),
        ("script-src", "blob:"),
        ("frame-src", "data:"),
        ("object-src", "data:"),
    ],
)
def test_is_dangerous(directive: str, source: str) -> None:
    assert is_dangerous(directive, source)


@pytest.mark.parametrize(
    ("directive", "source"),
    [
        ("script-src", "https://a.example"),
        ("script-src", "'sha256-x'"),
        ("img-src", "data:"),
        ("img-src", "blob:"),
        ("frame-src", "https://*.a.example"),
        ("media-src", "blob:"),
    ],
)
def test_is_not_dangerous(directive: str, source: str) -> None:
    assert not is_dangerous(directive, source)


def test_no_service_of_the_catalogue_is_dangerous_unseen() -> None:
    for known in catalogue():
        policy = policy_of(declared(services=[known.id]))
        assert not any(is_dangerous(name, source) for name, sources in policy.directives for source in sources)
        for danger in dangers(known):
            assert danger not in policy.header


def test_hashes_come_sorted_and_once() -> None:
    policy = policy_of(declared()).letting(["'sha256-b'", "'sha256-a'", "'sha256-b'"], ["'sha256-c'"])

    assert directives(policy.meta)["script-src"] == "'self' 'sha256-a' 'sha256-b'"
    assert directives(policy.meta)["style-src"] == "'self' 'sha256-c'"


def test_no_hash_stands_where_everything_inline_is_allowed_since_it_would_forbid_all_the_others() -> None:
    allowed = declared(
        services=[needing("script-src", "'unsafe-inline'")],
        headers={"dangerously_allow_csp": {"chat": "The chat is ours."}},
    )

    policy = policy_of(allowed).letting(["'sha256-a'"], ["'sha256-b'"])

    assert directives(policy.meta)["script-src"] == "'self' 'unsafe-inline' https://chat.example"
    assert directives(policy.meta)["style-src"] == "'self' 'sha256-b'"


HOSTS = st.from_regex(r"[a-z]{1,8}\.example", fullmatch=True)
ROLES = st.sampled_from(["script", "style", "image", "font", "media", "frame", "object", "connect", "worker", "form"])


@given(st.lists(st.tuples(HOSTS, ROLES), min_size=1, max_size=6, unique_by=lambda pair: pair[0]))
def test_whatever_is_declared_stays_strict_and_is_let_through(hosts: list[tuple[str, str]]) -> None:
    policy = policy_of(declared(services=[service(*hosts)]))

    assert dict(policy.directives)["default-src"] == ("'none'",)
    assert "unsafe" not in policy.header
    named = {source for _, sources in policy.directives for source in sources if source.startswith("https:")}
    assert named == {f"https://{host}" for host, _ in hosts}
    assert len(directives(policy.header)) == len(policy.directives), "no directive stands twice"
