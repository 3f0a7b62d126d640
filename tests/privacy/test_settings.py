"""What a site declares, right and wrong: every mistake at once, with the way out."""

from __future__ import annotations

from typing import Any

import pytest

from plugins.privacy.build import declare
from plugins.privacy.catalogue import shipped
from plugins.privacy.declaration import Declaration, contradictions
from plugins.privacy.findings import SiteError
from plugins.privacy.settings import Privacy
from plugins.privacy.validation import validate
from tests.kit import PRIVACY

MAP: dict[str, Any] = {
    "id": "maps",
    "name": "Maps",
    "provider": "Maps Ltd",
    "purpose": "functional",
    "reason": "Shows the way.",
    "hosts": [{"host": "maps.example.org", "role": "frame"}],
}
README = "See the README, “Settings”."


def mistakes(**keys: Any) -> list[tuple[str, str]]:
    """Return what is wrong with `PRIVACY`, and the ways out."""
    privacy, found = validate(Privacy, "PRIVACY", {**PRIVACY, **keys})
    found = found if privacy is None else contradictions(privacy)
    assert {(finding.check.name, finding.place) for finding in found} <= {("wrong-setting", "pelicanconf.py")}
    return [(finding.what, finding.way_out) for finding in found]


def accepted(**keys: Any) -> Privacy:
    """Return `PRIVACY` as it is read."""
    privacy, found = validate(Privacy, "PRIVACY", {**PRIVACY, **keys})
    assert privacy is not None
    assert [*found, *contradictions(privacy)] == []
    return privacy


def test_every_mistake_is_told_at_once_with_its_path_and_the_nearest_word() -> None:
    _, found = validate(
        Privacy,
        "PRIVACY",
        {
            "site": "www.example.com",
            "controler": {},
            "frist_party": [],
            "partners": [{"nme": "OpenZFS", "hosts": []}],
            "services": ["youtub"],
            "strict": "maybe",
            "xyz": 1,
        },
    )

    assert sorted((finding.what, finding.way_out) for finding in found) == sorted(
        [
            ('PRIVACY["site"] is not a web address such as "https://www.example.com".', README),
            (
                'PRIVACY["controller"] is missing.',
                'Add PRIVACY["controller"] to pelicanconf.py; the README says what it means.',
            ),
            (
                'PRIVACY["hosting"] is missing.',
                'Add PRIVACY["hosting"] to pelicanconf.py; the README says what it means.',
            ),
            ('PRIVACY["controler"] is not a setting.', 'Did you mean "controller"?'),
            ('PRIVACY["frist_party"] is not a setting.', 'Did you mean "first_party"?'),
            ('PRIVACY["xyz"] is not a setting.', "Remove it, or correct its name."),
            (
                'PRIVACY["partners"][0]["name"] is missing.',
                'Add PRIVACY["partners"][0]["name"] to pelicanconf.py; the README says what it means.',
            ),
            ('PRIVACY["partners"][0]["nme"] is not a setting.', 'Did you mean "name"?'),
            (
                'PRIVACY["partners"][0]["hosts"] has to name at least one; it is [].',
                README,
            ),
            (
                'PRIVACY["services"][0]: "youtub" is no service of the catalogue. Did you mean "youtube"?',
                README,
            ),
            (
                "PRIVACY[\"strict\"] has to be True or False; it is 'maybe'.",
                README,
            ),
        ]
    )


def test_every_misspelt_service_is_told() -> None:
    told = " ".join(what for what, _ in mistakes(services=["youtub", "goatcountr", "qqqq"]))

    assert '"youtub" is no service of the catalogue. Did you mean "youtube"?' in told
    assert '"goatcountr" is no service of the catalogue. Did you mean "goatcounter"?' in told
    assert '"qqqq" is no service of the catalogue.' in told


def test_a_setting_of_ours_that_nobody_knows_is_told() -> None:
    with pytest.raises(SiteError) as error:
        declare({"PRIVACY": {**PRIVACY, "strct": True}, "PRIVACI": {}, "PRIVACY_SITE": "", "AMAZON_TAG": {}})

    assert [(finding.what, finding.way_out) for finding in error.value.findings] == [
        ('PRIVACY["strct"] is not a setting.', 'Did you mean "strict"?'),
        ("AMAZON_TAG is not a setting.", 'Did you mean "AMAZON_TAGS"?'),
        ("PRIVACI is not a setting.", 'Did you mean "PRIVACY"?'),
        ("PRIVACY_SITE is not a setting.", 'Did you mean "PRIVACY"?'),
    ]


def test_a_site_that_declares_nothing_is_told_what_to_declare() -> None:
    with pytest.raises(SiteError) as error:
        declare({})

    assert str(error.value) == (
        "pelicanconf.py  wrong-setting\n"
        '    PRIVACY["site"] is missing.\n'
        '    Add PRIVACY["site"] to pelicanconf.py; the README says what it means.\n'
        "\n"
        "pelicanconf.py  wrong-setting\n"
        '    PRIVACY["controller"] is missing.\n'
        '    Add PRIVACY["controller"] to pelicanconf.py; the README says what it means.\n'
        "\n"
        "pelicanconf.py  wrong-setting\n"
        '    PRIVACY["hosting"] is missing.\n'
        '    Add PRIVACY["hosting"] to pelicanconf.py; the README says what it means.'
    )


# The origin


@pytest.mark.parametrize(
    "site",
    [
        "www.example.com",
        "//www.example.com",
        "/",
        "https://",
        "https:// www.example.com",
        "ftp://www.example.com",
        "wss://www.example.com",
        "mailto:a@example.com",
        "javascript:1",
        "https://www.example.com:99999",
    ],
)
def test_what_is_no_web_address_is_no_origin(site: str) -> None:
    assert mistakes(site=site) == [
        ('PRIVACY["site"] is not a web address such as "https://www.example.com".', README)
    ]


@pytest.mark.parametrize(
    "site",
    [
        "https://www.example.com/blog",
        "https://www.example.com/?",
        "https://www.example.com?a=b",
        "https://www.example.com#",
        "https://www.example.com//",
    ],
)
def test_an_address_with_more_than_a_host_is_no_origin(site: str) -> None:
    assert mistakes(site=site) == [('PRIVACY["site"] is an origin, without path, query or fragment.', README)]


@pytest.mark.parametrize("site", ["https://user@www.example.com", "https://user:secret@www.example.com/"])
def test_an_address_with_a_user_name_is_no_origin(site: str) -> None:
    assert [what.partition(" is ")[0] for what, _ in mistakes(site=site)] == ['PRIVACY["site"]']


@pytest.mark.parametrize(
    ("site", "origin"),
    [
        ("https://www.example.com", "https://www.example.com"),
        ("https://www.example.com/", "https://www.example.com"),
        (" HTTPS://WWW.Example.com:443 ", "https://www.example.com"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("https://127.0.0.1", "https://127.0.0.1"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
    ],
)
def test_an_origin_is_kept_in_the_one_form_that_browsers_use(site: str, origin: str) -> None:
    assert accepted(site=site).site == origin


# Hosts


@pytest.mark.parametrize(
    "host", ["https://example.net", "Example.net", "example.net/", "*.example.net", "", "a..b", "."]
)
def test_a_first_party_host_is_a_bare_host_in_lower_case(host: str) -> None:
    assert [what for what, _ in mistakes(first_party=[host])] == [
        (f'PRIVACY["first_party"][0] has to be a host in small letters, such as “docs.example.org”; it is {host!r}.')
    ]


@pytest.mark.parametrize(
    "host", ["MAPS.example.org", "https://maps.example.org", "*", "*.org", "maps.*.org", "localhost"]
)
def test_the_host_of_a_service_is_a_bare_host_or_all_below_one(host: str) -> None:
    told = [what for what, _ in mistakes(services=[{**MAP, "hosts": [{"host": host, "role": "script"}]}])]

    assert told[0] == (
        'PRIVACY["services"][0]["hosts"][0]["host"] has to be a host such as “www.example.org” or “*.example.org”; '
        f"it is {host!r}."
    )


def test_one_wrong_host_is_one_mistake() -> None:
    assert len(mistakes(services=[{**MAP, "hosts": [{"host": "MAPS.example.org", "role": "script"}]}])) == 1


# Services


def test_a_service_is_named_or_described_or_both() -> None:
    privacy = accepted(
        services=["youtube", MAP, {"id": "goatcounter", "purpose": "marketing", "needs_consent": False}]
    )

    youtube, maps, counter = privacy.services
    assert (youtube.id, youtube.provider, youtube.needs_consent) == (
        "youtube",
        shipped()["youtube"]["provider"],
        True,
    )
    assert (maps.id, maps.hosts[0].host, maps.stores) == ("maps", "maps.example.org", "unknown")
    assert (counter.purpose, counter.needs_consent, counter.provider) == (
        "marketing",
        False,
        shipped()["goatcounter"]["provider"],
    )
    assert counter.matches("gc.zgo.at")


def test_overriding_a_service_leaves_the_catalogue_as_it_is() -> None:
    accepted(services=[{"id": "youtube", "purpose": "marketing", "name": "Our videos"}])

    (service,) = accepted(services=["youtube"]).services
    assert (service.name, service.purpose) == ("YouTube", "functional")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            {"purpos": "functional"},
            ('PRIVACY["services"][0]["purpos"] is not a setting.', 'Did you mean "purpose"?'),
        ),
        (
            {"purpose": "advertising"},
            (
                (
                    "PRIVACY[\"services\"][0][\"purpose\"] has to be 'necessary', 'functional', 'statistics' or "
                    "'marketing'; it is 'advertising'."
                ),
                README,
            ),
        ),
        (
            {"purpose": "necessary"},
            (
                (
                    'PRIVACY["services"][0] has the purpose "necessary", which is for what loads nothing before a click '
                    "(needs_consent = False)."
                ),
                README,
            ),
        ),
        (
            {"sends": ["adress"]},
            (
                (
                    "PRIVACY[\"services\"][0][\"sends\"][0] has to be 'ip-address', 'browser', 'referrer', "
                    "'page-address', 'device', 'behaviour', 'identifier' or 'form-entries'; it is 'adress'."
                ),
                README,
            ),
        ),
        (
            {"transfer": {"countries": ["US", "IE"], "source": "s", "checked": "2026-01-01"}},
            (
                (
                    'PRIVACY["services"][0]["transfer"] takes data to US, and names no "mechanism" that allows it '
                    '(or "unknown").'
                ),
                README,
            ),
        ),
        (
            {"csp": [{"directive": "script", "allow": "x", "source": "s", "checked": "2026-01-01"}]},
            (
                (
                    'PRIVACY["services"][0]["csp"][0]["directive"] is "script", which is none of connect-src, '
                    "font-src, form-action, frame-src, img-src, media-src, object-src, script-src, style-src, worker-src."
                ),
                README,
            ),
        ),
        (
            {"hosts": [{"host": "maps.example.org", "role": "script", "hst": "y"}]},
            ('PRIVACY["services"][0]["hosts"][0]["hst"] is not a setting.', 'Did you mean "host"?'),
        ),
        (
            {"name": " "},
            ('PRIVACY["services"][0]["name"] has to say something; it is \' \'.', README),
        ),
        (
            {"id": "Maps!"},
            (
                'PRIVACY["services"][0]["id"] has to be a name in small letters, such as “maps”; it is \'Maps!\'.',
                README,
            ),
        ),
    ],
)
def test_a_wrong_key_or_value_of_a_service_is_told_with_its_path(
    change: dict[str, Any], told: tuple[str, str]
) -> None:
    assert told in mistakes(services=[{**MAP, **change}])


def test_what_a_service_stores_needs_a_duration_that_can_be_compared() -> None:
    stored = {
        "name": "a",
        "kind": "cookie",
        "party": "first",
        "duration": "13 months",
        "purpose": "x",
        "source": "s",
        "checked": "2026-01-01",
    }

    assert (
        (
            'PRIVACY["services"][0]["stores"][0]["duration"] is neither an ISO 8601 duration (P13M) nor session, '
            "until deleted or unknown."
        ),
        README,
    ) in mistakes(services=[{**MAP, "stores": [stored]}])


@pytest.mark.parametrize("duration", ["P13M", "P1D", "P365D", "session", "until deleted", "unknown"])
def test_durations_that_can_be_compared(duration: str) -> None:
    stored = {
        "name": "a",
        "kind": "local",
        "party": "third",
        "duration": duration,
        "purpose": "x",
        "source": "s",
        "checked": "2026-01-01",
    }

    accepted(services=[{**MAP, "stores": [stored]}])


def test_one_mistake_in_a_fact_is_told_once() -> None:
    assert mistakes(services=[{**MAP, "country": {"value": "DE", "source": "https://maps.example.org/"}}]) == [
        (
            'PRIVACY["services"][0]["country"]["checked"] is missing.',
            'Add PRIVACY["services"][0]["country"]["checked"] to pelicanconf.py; the README says what it means.',
        )
    ]


def test_services_are_a_list() -> None:
    assert mistakes(services="youtube") == [
        ("PRIVACY[\"services\"] has to be a list in brackets; it is 'youtube'.", README)
    ]


def test_a_service_is_declared_once() -> None:
    ((what, _),) = mistakes(services=["youtube", {"id": "youtube"}])

    assert "names youtube twice" in what


# What no single setting shows


@pytest.mark.parametrize("host", ["maps.example.org", "*.example.org", "*.maps.example.org"])
def test_two_services_do_not_share_a_host(host: str) -> None:
    other = {**MAP, "id": "other", "hosts": [{"host": host, "role": "script"}]}
    wide = {
        **MAP,
        "hosts": [{"host": "maps.example.org", "role": "script"}, {"host": "*.maps.example.org", "role": "image"}],
    }

    told = mistakes(services=[wide, other])

    assert told
    assert {what.partition(" the host ")[0] for what, _ in told} == {
        'PRIVACY["services"]: "maps" and "other" both claim'
    }
    assert {way_out for _, way_out in told} == {"Leave one of them out, or narrow its hosts."}


def test_services_with_neighbouring_hosts_share_nothing() -> None:
    accepted(
        services=[
            {
                **MAP,
                "hosts": [{"host": "example.org", "role": "script"}, {"host": "maps.example.org", "role": "script"}],
            },
            {
                **MAP,
                "id": "b",
                "hosts": [{"host": "b.example.org", "role": "image"}, {"host": "*.b.example.org", "role": "image"}],
            },
            {**MAP, "id": "c", "hosts": [{"host": "notexample.org", "role": "style"}]},
        ]
    )


@pytest.mark.parametrize(
    "host", ["www.example.com", "example.com", "*.example.com", "example.net", "www.example.net", "*.example.net"]
)
def test_a_service_has_no_host_of_the_site(host: str) -> None:
    told = mistakes(first_party=[".example.net"], services=[{**MAP, "hosts": [{"host": host, "role": "script"}]}])

    assert told == [
        (
            f'PRIVACY["services"]: "maps" claims {host}, which is the site\'s own.',
            "A service is a third party; remove that host from it.",
        )
    ]


def test_a_service_may_hide_below_the_domain_of_the_company() -> None:
    privacy = accepted(services=[{**MAP, "hosts": [{"host": "maps.example.com", "role": "script"}]}])

    verdict = Declaration(privacy).reader()("https://maps.example.com/a.js", "https://www.example.com/")
    assert (verdict.is_foreign, verdict.service and verdict.service.id) == (True, "maps")


def test_a_service_has_a_host() -> None:
    assert mistakes(services=["listmonk", {**MAP, "hosts": []}]) == [
        (
            'PRIVACY["services"]: "listmonk" names no host by which it could be recognised.',
            'Say where it runs: {"id": "listmonk", "hosts": [{"host": "…", "role": "…"}]}.',
        ),
        (
            'PRIVACY["services"]: "maps" names no host by which it could be recognised.',
            'Say where it runs: {"id": "maps", "hosts": [{"host": "…", "role": "…"}]}.',
        ),
    ]


def test_two_services_share_a_host_by_its_folders() -> None:
    def with_path(name: str, path: str) -> dict[str, Any]:
        return {**MAP, "id": name, "hosts": [{"host": "www.example.org", "role": "frame", "path": path}]}

    privacy = accepted(services=[with_path("a", "/a/"), with_path("b", "/b/")])
    read = Declaration(privacy).reader()
    found = {
        path: read(f"https://www.example.org{path}", "about:blank").service for path in ("/a/x", "/b/", "/c", "/a")
    }
    assert {path: service and service.id for path, service in found.items()} == {
        "/a/x": "a",
        "/b/": "b",
        "/c": None,
        "/a": None,
    }
    ((what, _),) = mistakes(services=[with_path("a", "/a/"), with_path("b", "/a/b/")])
    assert what == 'PRIVACY["services"]: "a" and "b" both claim the host www.example.org.'


@pytest.mark.parametrize(
    ("site", "host"), [("https://www.example.co.uk", "*.co.uk"), ("https://a.github.io", "*.github.io")]
)
def test_a_service_does_not_cover_the_site_by_a_whole_suffix(site: str, host: str) -> None:
    assert mistakes(site=site, services=[{**MAP, "hosts": [{"host": host, "role": "script"}]}]) != []


ASKS: dict[str, Any] = {"services": ["youtube"]}
RECORDS = {
    **MAP,
    "id": "records",
    "needs_consent": False,
    "hosts": [{"host": "records.example.org", "role": "connect"}],
}


@pytest.mark.parametrize(
    ("endpoint", "what", "way_out"),
    [
        (
            "mailto:a@example.com",
            ": “mailto:a@example.com” is no address that a browser could send to.",
            'Name a path of the site, such as "/consent-records", or an https: address.',
        ),
        ("http://www.example.com/records", " is reached without encryption.", "Name an https: address."),
        (
            "https://records.example.net/",
            " sends records to records.example.net, which no service without consent has as a host.",
            'Declare who runs it in PRIVACY["services"] (needs_consent = False), or name a host of the company.',
        ),
        (
            "//www.youtube.com/records",
            " sends records to www.youtube.com, which no service without consent has as a host.",
            'Declare who runs it in PRIVACY["services"] (needs_consent = False), or name a host of the company.',
        ),
    ],
)
def test_records_of_consent_go_to_nobody_undeclared(endpoint: str, what: str, way_out: str) -> None:
    assert mistakes(**ASKS, consent={"record_endpoint": endpoint}) == [
        (f'PRIVACY["consent"]["record_endpoint"]{what}', way_out)
    ]


@pytest.mark.parametrize(
    "endpoint", ["/consent-records", "https://records.example.com/", "https://records.example.org/put"]
)
def test_records_of_consent_may_go_to_the_company_or_to_whom_it_declares(endpoint: str) -> None:
    privacy = accepted(services=["youtube", RECORDS], consent={"record_endpoint": endpoint})
    assert privacy.consent.record_endpoint == endpoint


def test_settings_of_consent_without_anything_to_consent_to_are_mistakes() -> None:
    assert mistakes(consent={"record_endpoint": "/records", "sells_or_shares": True}) == [
        (
            'PRIVACY["consent"]["sells_or_shares"] is True, but no declared service needs consent: the link would stop nothing.',
            "Remove it, or declare the services that receive the data.",
        ),
        (
            'PRIVACY["consent"]["record_endpoint"] is set, but no declared service needs consent: nobody is asked.',
            "Remove it.",
        ),
    ]


def test_a_misspelt_setting_of_consent_names_the_nearest() -> None:
    assert mistakes(consent={"sell_or_share": True}) == [
        ('PRIVACY["consent"]["sell_or_share"] is not a setting.', 'Did you mean "sells_or_shares"?')
    ]


@pytest.mark.parametrize("key", ["basis", "legitimate_interest"])
def test_no_service_rests_on_a_legitimate_interest(key: str) -> None:
    """Storage on the device needs consent: there is no key by which a service could claim anything else."""
    ((what, _),) = mistakes(services=[{**MAP, key: "legitimate-interest"}])
    assert what == f'PRIVACY["services"][0]["{key}"] is not a setting.'
