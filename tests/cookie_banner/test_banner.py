"""The frame of pages on a site that asks for consent, with the real templates."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import plugins.cookie_banner as plugin
from plugins.privacy.findings import SiteError
from plugins.privacy.page import Form
from tests.cookie_banner.banner_kit import ASKS, FRAME, LINK_ONLY, PAGE, RUN, one, soup
from tests.kit import PRIVACY, cookie_banner, declared, page_pass, ran

# A site that asks nothing


@pytest.mark.parametrize("services", [[], [LINK_ONLY]])
@pytest.mark.parametrize("html", [PAGE.format("x"), "<p>no body tag", "<frameset></frameset>"])
def test_a_site_that_asks_nothing_carries_not_one_byte_of_it(services: list[dict[str, object]], html: str) -> None:
    run = page_pass(cookie_banner, declaration=declared(services=services), policies={})

    assert ran(run, html) == (html, [])


def test_feeds_carry_no_banner() -> None:
    assert ran(RUN, "<p>x</p>", form=Form.FEED) == ("<p>x</p>", [])


def test_the_contents_of_frames_and_noscript_carry_no_banner() -> None:
    html = '<body><iframe srcdoc="<body>x</body>"></iframe><noscript><body>y</body></noscript></body>'
    text, findings = ran(RUN, html)

    assert findings == []
    assert text.count("consent-control") == text.count("data-revision") == 1
    assert '<iframe srcdoc="<body>x</body>"></iframe><noscript><body>y</body></noscript>' in text


# A site that asks


def test_every_page_carries_the_banner_first_the_runtime_in_the_head_and_the_control_in_the_footer() -> None:
    text, findings = ran(RUN, PAGE.format("<p>x</p>"), site_url="..")

    assert findings == []
    assert text.startswith(
        '<html><head><title>x</title><link rel="stylesheet" href="../theme/consent.css">'
        '<script src="../theme/consent.js" defer></script></head><body><section class="consent"'
    )
    assert text.endswith("</main><footer>f" + _control("..") + "</footer></body></html>")
    assert "</p><header>h</header><main><p>x</p></main>" in text


def _control(site_url: str) -> str:
    return (
        f'<p class="consent-control"><a href="{site_url}/privacy/#cookies" target="_self" data-consent-open>Privacy settings</a> '
        '<span data-consent-withdraw hidden>· <button type="button" data-consent-choice="reject">Withdraw consent</button></span> '
        "<span data-consent-signal data-nosnippet hidden>· Opt-out signal (Global Privacy Control) honoured.</span></p>"
    )


@pytest.mark.parametrize(
    ("html", "end"),
    [
        ("<body><main>x</main></body>", "<main>x</main>" + _control("") + "</body>"),
        ("<body><main>x</main>", "<main>x</main>" + _control("")),
        ("<body><article><footer>a</footer></article></body>", "</footer></article>" + _control("") + "</body>"),
        (
            "<body><footer>1</footer><footer>2</footer></body>",
            "<footer>1</footer><footer>2" + _control("") + "</footer></body>",
        ),
        ("<body><footer>1", "<footer>1" + _control("")),
    ],
)
def test_the_control_stands_in_the_last_footer_of_the_page_or_at_its_end(html: str, end: str) -> None:
    text, findings = ran(RUN, html)

    assert findings == []
    assert text.endswith(end)


@pytest.mark.parametrize(
    "html", ["<p>x</p>", "", "<head></head><main>x</main>", '<frameset><frame src="/a"></frameset>']
)
def test_a_page_without_a_body_tag_is_an_error(html: str) -> None:
    text, findings = ran(RUN, html)

    assert text == html
    assert [(finding.check.name, finding.what, finding.way_out) for finding in findings] == [
        (
            "no-place-for-banner",
            "The page has no <body> tag, so that the consent banner has no place.",
            "Write <body> and </body> in the template that makes the page.",
        )
    ]


def test_a_page_that_has_the_banner_gets_no_second_one() -> None:
    once, _ = ran(RUN, PAGE.format(FRAME))

    assert ran(RUN, once) == (once, [])


def test_a_site_that_asks_but_has_no_policy_is_not_built() -> None:
    with pytest.raises(SiteError) as error:
        page_pass(cookie_banner, declaration=ASKS, policies={})

    assert str(error.value) == (
        "content/privacy/policy.md  no-policy\n"
        "    The site uses services that need consent, but it has no privacy policy.\n"
        "    Write content/privacy/policy.md; the README shows what belongs into it."
    )


def test_the_banner_names_who_asks_for_what_and_the_revision_of_it() -> None:
    text, _ = ran(RUN, PAGE.format("x"))
    banner = one(soup(text), "section[data-consent]")

    assert banner["data-revision"] == ASKS.consent_revision
    assert banner.has_attr("hidden")
    assert "Example Systems GmbH asks for your consent" in banner.get_text()
    assert [item.get_text() for item in banner.select("ul li")] == [
        "Functional: show content and functions of other providers (YouTube)",
        "Statistics: measure how this website is used (GoatCounter)",
    ]
    assert [
        (
            one(group, "legend").get_text(strip=True),
            [box["value"] for box in group.select("label > input[data-forget]")],
        )
        for group in banner.select("fieldset")
    ] == [("Functional", ["youtube"]), ("Statistics", ["goatcounter"])]
    assert not banner.select("input[checked]")
    assert [button.get("data-consent-choice", "choose") for button in banner.select("button")] == [
        "reject",
        "accept",
        "choose",
        "save",
        "record",
    ]


def test_what_a_service_may_be_told_and_what_it_stores_stands_at_its_box() -> None:
    source = {"source": "https://shop.example/", "checked": "2026-11-01"}
    stored = [
        {"name": "a'b\"<", "kind": "local", "party": "first"},
        {"name": "_x_*", "kind": "cookie", "party": "first", "path": "/shop/"},
        {"name": "theirs", "kind": "cookie", "party": "third"},
        {"name": "db", "kind": "indexeddb", "party": "first"},
    ]
    stores = [{**item, **source, "duration": "P1D", "purpose": "unknown"} for item in stored]
    service = {**LINK_ONLY, "needs_consent": True, "stores": stores, "consent_mode": ["ad_storage", "ad_user_data"]}
    text, _ = ran(page_pass(cookie_banner, declaration=declared(services=[service])), PAGE.format("x"))
    box = one(soup(text), "input[value=shop]")

    assert box["data-grants"] == "ad_storage ad_user_data"
    assert json.loads(str(box["data-forget"])) == [
        ["local", "a'b\"<"],
        ["cookie", "_x_*", "/shop/"],
        ["indexeddb", "db"],
    ]


def test_records_are_sent_nowhere_unless_the_company_says_where_to() -> None:
    endpoint = {"record_endpoint": "/records?a=1&b=2"}
    asks = declared(services=["youtube"], consent=endpoint)
    text, _ = ran(page_pass(cookie_banner, declaration=asks), PAGE.format("x"))
    without, _ = ran(RUN, PAGE.format("x"))

    assert one(soup(text), "section[data-consent]")["data-record"] == "/records?a=1&b=2"
    assert "data-record" not in without


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_company_that_sells_or_shares_has_the_link_with_the_title_of_the_law(language: str) -> None:
    """Civil Code 1798.135(a): on every page, exactly this title; it opens the choices, or leads to the policy."""
    asks = declared(services=["youtube"], consent={"sells_or_shares": True})
    text, _ = ran(page_pass(cookie_banner, declaration=asks), PAGE.format("x"), language=language)
    link = one(soup(text), ".consent-control a[lang]")
    without, _ = ran(RUN, PAGE.format("x"))

    assert link.get_text() == "Do Not Sell or Share My Personal Information"
    assert (link["lang"], link.has_attr("data-consent-open")) == ("en", True)
    assert "Do Not Sell" not in without


def test_services_that_load_nothing_are_not_asked_for() -> None:
    text, _ = ran(page_pass(cookie_banner, declaration=declared(services=["youtube", LINK_ONLY])), PAGE.format("x"))

    assert "Shop" not in text
    assert "YouTube" in text


def test_a_company_with_markup_in_its_name_stays_text() -> None:
    controller = {**PRIVACY["controller"], "name": 'A <b>&amp;</b> "C"'}
    text, _ = ran(
        page_pass(cookie_banner, declaration=declared(services=["youtube"], controller=controller)), PAGE.format("x")
    )

    assert 'A <b>&amp;</b> "C" asks for your consent' in one(soup(text), "section[data-consent]").get_text()


def test_a_german_page_asks_in_german_and_leads_to_the_german_policy() -> None:
    text, findings = ran(RUN, PAGE.replace("<html>", '<html lang="de">').format(FRAME))

    assert findings == []
    assert "Example Systems GmbH bittet um Ihre Einwilligung" in text
    assert '<a href="/de/privacy/#cookies" target="_self" data-consent-open>Datenschutz-Einstellungen</a>' in text
    assert "Dieser Inhalt kommt von YouTube (Google, Irland)." in text
    assert 'href="/privacy/' not in text


def test_a_language_without_a_policy_of_its_own_leads_to_the_one_there_is() -> None:
    run = page_pass(cookie_banner, declaration=ASKS, policies={"en": "privacy/"})
    text, findings = ran(run, PAGE.replace("<html>", '<html lang="de-AT">').format("x"))

    assert findings == []
    assert '<a href="/privacy/#cookies" target="_self" data-consent-open>Datenschutz-Einstellungen</a>' in text
    assert one(soup(text), "section[data-consent]")["lang"] == "de"


def test_a_page_in_a_language_in_which_nobody_could_be_asked_is_an_error() -> None:
    """Rule 16: consent that was not understood is none."""
    _, findings = ran(RUN, PAGE.replace("<html>", '<html lang="fr-CA">').format("x"))

    assert [(finding.check.name, finding.what, finding.way_out) for finding in findings] == [
        (
            "untranslated-consent",
            "The page is in the language “fr-CA”, in which nobody could be asked for consent.",
            (
                "Write theme/messages/cookie_banner.fr-ca.toml with the sentences of "
                "plugins/cookie_banner/messages/en.toml, or correct the lang of the page."
            ),
        )
    ]


def test_a_company_can_ask_in_a_language_of_its_own(tmp_path: Path) -> None:
    """All sentences in a new language, which is written from right to left."""
    shipped = Path(plugin.__file__).with_name("messages") / "en.toml"
    theme = tmp_path / "messages" / "cookie_banner.ar.toml"
    theme.parent.mkdir()
    theme.write_text(shipped.read_text("utf-8").replace("Privacy settings", "إعدادات الخصوصية"), "utf-8")
    run = page_pass(cookie_banner, declaration=ASKS, theme=tmp_path)
    text, findings = ran(run, PAGE.replace("<html>", '<html lang="ar" dir="rtl">').format("x"))

    assert findings == []
    assert ">إعدادات الخصوصية</a>" in text
    assert one(soup(text), "section[data-consent]")["lang"] == "ar"


def test_a_sentence_that_is_missing_in_a_language_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "messages" / "cookie_banner.fr.toml"
    path.parent.mkdir()
    path.write_text('control = "Paramètres"\n', "utf-8")
    with pytest.raises(SiteError) as error:
        page_pass(cookie_banner, declaration=ASKS, theme=tmp_path)

    assert "The message “banner.reject” is missing in cookie_banner.fr.toml." in str(error.value)
