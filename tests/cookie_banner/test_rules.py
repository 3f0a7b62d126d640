"""Each rule on consent that a machine can assert has tests in a real browser: which they are.

The numbers are those of the collection of rules from which this plugin was made (law, guidance of authorities, WCAG
2.2, Consent Mode); the numbers that are missing are about exempt measurement, the policy, newsletters and drafts of law.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.site_kit import ROOT

BEFORE, AFTER, DECLARED = "test_consent_before_the_choice", "test_consent_after_the_choice", "test_consent_declared"
ACCESS, LOOK, SIGNAL, RECORD, MODE = (
    f"test_consent_{name}" for name in ("access", "look", "signal", "record", "mode")
)
SITE, GATE, PLACEHOLDER, WITHDRAWING = (
    "site/test_consent",
    "test_gate",
    "test_placeholder",
    "test_consent_withdrawing",
)

RULES: dict[int, tuple[str, list[tuple[str, str]]]] = {
    1: (
        "before the choice, no request leaves the site, with and without JavaScript",
        [
            (BEFORE, "test_nothing_leaves_before_a_choice"),
            (GATE, "test_no_snippet_of_any_service_sends_anything_before_the_choice"),
            (SITE, "test_without_javascript_no_page_asks_another_host_and_each_leads_to_the_privacy_settings"),
        ],
    ),
    2: (
        "before the choice, nothing is stored",
        [
            (BEFORE, "test_nothing_is_stored_before_a_choice"),
            (GATE, "test_no_snippet_of_any_service_sends_anything_before_the_choice"),
        ],
    ),
    3: (
        "the built page has nothing active of a third party",
        [(SITE, "test_no_page_holds_anything_active_of_another_host")],
    ),
    4: (
        "nothing but a button decides",
        [(BEFORE, "test_only_the_buttons_decide"), (BEFORE, "test_neither_time_nor_touch_decides")],
    ),
    5: (
        "no wall: the page can be read and used while the question is open",
        [
            (BEFORE, "test_the_page_can_be_used_while_the_banner_is_open"),
            (LOOK, "test_the_end_of_the_page_can_be_scrolled_above_the_banner"),
        ],
    ),
    6: (
        "where nothing needs consent there is nothing of it",
        [(DECLARED, "test_a_site_that_asks_for_nothing_has_nothing_of_consent")],
    ),
    7: (
        "the first layer has both answers, as buttons in one place",
        [
            (BEFORE, "test_accepting_and_refusing_are_the_same_effort"),
            (AFTER, "test_accepting_wakes_everything_at_once_and_on_every_later_page"),
        ],
    ),
    8: ("refusing is no link in the text", [(BEFORE, "test_accepting_and_refusing_are_the_same_effort")]),
    9: ("both answers look the same", [(BEFORE, "test_accepting_and_refusing_are_the_same_effort")]),
    10: ("nothing is ticked in advance", [(BEFORE, "test_nothing_is_ticked_in_advance")]),
    11: (
        "what waits rests on consent, not on legitimate interest",
        [
            (DECLARED, "test_nothing_that_waits_can_rest_on_legitimate_interest"),
            (SITE, "test_each_service_that_waits_rests_on_consent_and_the_policy_says_so"),
        ],
    ),
    12: ("what waits is not necessary", [(DECLARED, "test_nothing_that_waits_can_be_called_necessary")]),
    13: (
        "the first layer says who asks, what for, and how to refuse and to withdraw",
        [(BEFORE, "test_the_banner_says_who_asks_for_what_and_how_to_refuse")],
    ),
    14: (
        "one control for each purpose",
        [
            (BEFORE, "test_nothing_is_ticked_in_advance"),
            (AFTER, "test_a_purpose_can_be_chosen_as_a_whole"),
            (AFTER, "test_each_service_can_be_chosen_alone"),
        ],
    ),
    15: (
        "of each cookie: name, purpose, duration, who reads it",
        [(SITE, "test_of_everything_that_is_stored_the_policy_says_name_purpose_duration_and_who_can_read_it")],
    ),
    16: ("in the language of the page", [(BEFORE, "test_the_banner_says_who_asks_for_what_and_how_to_refuse")]),
    17: (
        "withdrawing stops what was loaded and deletes what was stored",
        [
            (WITHDRAWING, "test_withdrawing_deletes_what_was_stored_and_stops_what_runs"),
            (WITHDRAWING, "test_a_browser_that_lists_no_databases_deletes_those_that_are_declared_by_name"),
            (WITHDRAWING, "test_a_cookie_of_another_path_is_deleted_too"),
            (WITHDRAWING, "test_withdrawing_in_one_tab_stops_what_runs_in_the_other_once_it_is_looked_at"),
            (WITHDRAWING, "test_withdrawing_one_service_leaves_the_other"),
        ],
    ),
    18: (
        "withdrawing is on every page, and takes no more clicks than agreeing",
        [(WITHDRAWING, "test_withdrawing_is_one_click_as_agreeing_was")],
    ),
    19: ("both answers are kept for 183 days", [(AFTER, "test_the_cookie_is_the_same_for_both_answers")]),
    20: ("whoever refused is not asked again", [(AFTER, "test_refusing_is_remembered_and_not_asked_again")]),
    21: ("other facts are asked for anew", [(AFTER, "test_another_revision_asks_again")]),
    22: (
        "a record that the visitor can download, and that goes nowhere else unless the company says so",
        [
            (RECORD, "test_the_visitor_can_download_what_was_chosen"),
            (RECORD, "test_the_record_names_the_words_that_were_read_also_when_they_have_changed_since"),
            (RECORD, "test_no_record_is_sent_unless_the_company_says_where_to"),
            (RECORD, "test_the_company_receives_each_choice_with_the_words_of_the_question"),
        ],
    ),
    23: (
        "the cookie is the site's own, Lax, Secure, of the whole site",
        [
            (AFTER, "test_the_cookie_is_the_same_for_both_answers"),
            (AFTER, "test_over_http_the_cookie_is_kept_as_well"),
        ],
    ),
    26: (
        "Global Privacy Control is a refusal that is shown; an explicit choice wins",
        [
            (SIGNAL, "test_the_signal_is_a_refusal_that_is_shown"),
            (SIGNAL, "test_an_explicit_choice_for_one_service_wins_for_that_service"),
        ],
    ),
    27: (
        "only the property says so, and the policy tells",
        [
            (SIGNAL, "test_only_true_is_the_signal"),
            (SITE, "test_the_word_on_signals_is_published_with_the_day_of_the_policy"),
        ],
    ),
    28: (
        "gpc.json",
        [
            (DECLARED, "test_the_word_on_signals_is_what_the_specification_wants"),
            (SITE, "test_the_word_on_signals_is_published_with_the_day_of_the_policy"),
        ],
    ),
    29: ("the link of California's law", [(SIGNAL, "test_the_link_of_californias_law_opens_the_choices")]),
    30: (
        "Consent Mode: denied first, told once for each choice",
        [
            (MODE, "test_everything_is_denied_before_any_tag_and_no_tag_is_loaded"),
            (MODE, "test_agreeing_is_told_once_and_before_the_tag_runs"),
            (MODE, "test_withdrawing_is_told_as_denied"),
        ],
    ),
    31: ("no tag before consent", [(MODE, "test_everything_is_denied_before_any_tag_and_no_tag_is_loaded")]),
    33: (
        "WCAG 2.2, AA",
        [
            (ACCESS, "test_the_banner_takes_no_focus_and_is_the_first_stop"),
            (ACCESS, "test_no_focus_is_covered_and_none_is_trapped"),
            (ACCESS, "test_links_in_the_banner_are_not_covered_by_its_buttons"),
            (ACCESS, "test_after_a_choice_by_keyboard_the_focus_goes_on_at_the_start_of_the_page"),
            (ACCESS, "test_the_choice_is_announced"),
            (LOOK, "test_targets_are_large_enough"),
            (LOOK, "test_a_screen_of_320_by_256_is_enough"),
            (LOOK, "test_text_and_controls_stand_out_in_light_and_dark"),
            (LOOK, "test_in_forced_colours_answers_and_boxes_have_edges_and_the_focus_can_be_seen"),
            (LOOK, "test_nothing_moves_by_itself"),
            (LOOK, "test_larger_text_and_wider_spacing_cut_nothing_off"),
            (ACCESS, "test_every_control_has_a_name_a_role_and_a_state"),
            (PLACEHOLDER, "test_all_of_the_placeholder_is_reached_by_keyboard_inside_the_room_of_the_embed"),
        ],
    ),
    34: (
        "a strict policy, no layout shift, nothing in print, the state after going back",
        [
            (LOOK, "test_print_shows_the_page_alone"),
            (LOOK, "test_nothing_moves_when_the_page_comes_up"),
            (AFTER, "test_going_back_shows_the_choice_that_was_made_meanwhile"),
            (AFTER, "test_the_policy_of_the_page_is_the_strictest_and_nothing_breaks_it"),
            (PLACEHOLDER, "test_nothing_moves_when_embeds_take_the_place_of_their_placeholders"),
        ],
    ),
}


def test_every_rule_is_there() -> None:
    """1 to 23, 26 to 31, 33 and 34."""
    assert list(RULES) == [*range(1, 24), *range(26, 32), 33, 34]


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_tests_in_a_browser_that_say_so(rule: int) -> None:
    """Each of them is collected, runs in a browser, and says in its docstring which rule it is about."""
    _, tests = RULES[rule]
    assert tests
    for file, name in tests:
        assert rule in rules_of(file).get(name, set()), f"{file}.py: {name} says nothing of rule {rule}"


@cache
def rules_of(file: str) -> dict[str, set[int]]:
    """The rules that the tests of a file name, by test; the file has to be one of tests in a browser."""
    path = ROOT / "tests" / (f"{file}.py" if "/" in file else f"browser/{file}.py")
    tree = ast.parse(path.read_text("utf-8"))
    assert "pytestmark = pytest.mark.browser" in {ast.unparse(statement) for statement in tree.body}, file
    return {
        item.name: set(numbers(ast.get_docstring(item) or ""))
        for item in tree.body
        if isinstance(item, ast.FunctionDef) and item.name.startswith("test_")
    }


def numbers(docstring: str) -> Iterator[int]:
    """Yield the numbers after the words "Rule" or "Rules"."""
    for listed in re.findall(r"\bRules? ((?:\d+(?:, | and )?)+)", docstring):
        yield from (int(number) for number in re.findall(r"\d+", listed))
