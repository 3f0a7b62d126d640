"""Writing a service into the settings: text in, text out; every other character stays as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.privacy.settings_file import UnsureError, with_service

# Refused


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("", "PRIVACY is not one table, written out in this file"),
        ("PRIVACY = dict(services=[])", "PRIVACY is not one table, written out in this file"),
        (
            'PRIVACY = {"services": []}\nPRIVACY = {"services": []}',
            "PRIVACY is not one table, written out in this file",
        ),
        ('if True:\n    PRIVACY = {"services": []}', "PRIVACY is not one table, written out in this file"),
        ('PRIVACY = {"services": []}\nPRIVACY["services"].append("x")', "line 2 does something else with PRIVACY"),
        ('PRIVACY = {"services": []}\nPRIVACY["services"] = []', "line 2 does something else with PRIVACY"),
        ('PRIVACY = {"services": []}\nPRIVACY["strict"] = True', "line 2 does something else with PRIVACY"),
        ('PRIVACY = {"services": []}\nPRIVACY.update(x)', "line 2 does something else with PRIVACY"),
        ('PRIVACY = {"services": []}\nx = PRIVACY', "line 2 does something else with PRIVACY"),
        ('PRIVACY = {"services": []}\nx = PRIVACY[key]', "line 2 does something else with PRIVACY"),
        ('PRIVACY = {**OTHER, "services": []}', "PRIVACY takes part of its keys from elsewhere (**)"),
        ('PRIVACY = {"site": "x"}', 'PRIVACY has no "services" that is a list, written out'),
        ('PRIVACY = {"services": SERVICES}', 'PRIVACY has no "services" that is a list, written out'),
        ('PRIVACY = {"services": [], "services": []}', 'PRIVACY has no "services" that is a list, written out'),
        ('PRIVACY = {"services": [*A]}', 'PRIVACY["services"] takes part of its items from elsewhere (*)'),
    ],
)
def test_a_file_whose_meaning_is_not_certain_is_refused(source: str, why: str) -> None:
    with pytest.raises(UnsureError) as error:
        with_service(source, "vimeo")

    assert str(error.value) == why


def test_a_file_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(UnsureError, match="it cannot be read"):
        with_service("PRIVACY = {", "vimeo")


# Left alone


@pytest.mark.parametrize("item", ['"vimeo"', "'vimeo'", '{"id": "vimeo", "purpose": "marketing"}'])
def test_what_is_declared_is_not_declared_again(item: str) -> None:
    source = f'PRIVACY = {{"services": [{item}]}}\n'

    assert with_service(source, "vimeo") == source


# Written


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[]", '["vimeo"]'),
        ("[ ]", '["vimeo" ]'),
        ('["a"]', '["a", "vimeo"]'),
        ('["a",]', '["a", "vimeo",]'),
        ('["a", {"id": "b"}]', '["a", {"id": "b"}, "vimeo"]'),
        ('["ä",  "ö"]  # ü', '["ä",  "ö", "vimeo"]  # ü'),
        ('[\n    "a",\n    "b",\n]', '[\n    "a",\n    "b",\n    "vimeo",\n]'),
        ('[\n    "a",\n    "b"\n]', '[\n    "a",\n    "b",\n    "vimeo",\n]'),
        (
            '[\n    "a",  # the counter\n    "b",  # films\n    # the end\n]',
            '[\n    "a",  # the counter\n    "b",  # films\n    "vimeo",\n    # the end\n]',
        ),
        ('[\n    "b"  # films\n    ,\n]', None),
        ('[\n\t"a",\n]', '[\n\t"a",\n\t"vimeo",\n]'),
        ('[\r\n    "a",\r\n]', '[\r\n    "a",\r\n    "vimeo",\r\n]'),
        ('[\n    "a", "b",\n]', '[\n    "a", "b", "vimeo",\n]'),
        ('[\n    {\n        "id": "a",\n    },\n]', '[\n    {\n        "id": "a",\n    },\n    "vimeo",\n]'),
        ('["a",\n "b"]', '["a",\n "b", "vimeo"]'),
    ],
)
def test_a_name_is_added_and_nothing_else_changes(before: str, after: str | None) -> None:
    frame = (
        '# é\nimport sys\n\nPRIVACY = {{\n    "site": "x",\n    "services": {},\n}}\nFEED = PRIVACY["site"]  # read\n'
    )

    if after is None:
        with pytest.raises(UnsureError):
            with_service(frame.format(before), "vimeo")
    else:
        assert with_service(frame.format(before), "vimeo") == frame.format(after)


NAMES = st.lists(st.sampled_from(['"a"', "'b'", '{"id": "c"}', '("d")', '"e" "f"', "None", "1"]), max_size=5)
SPACE = st.sampled_from([" ", "\n    ", "  # x\n    ", ""])


@given(NAMES, SPACE, SPACE, st.booleans())
def test_any_list_is_added_to_or_refused(names: list[str], before: str, after: str, comma: bool) -> None:
    inner = f",{before}".join(names) + ("," if names and comma else "")
    source = f'PRIVACY = {{"services": [{before}{inner}{after}]}}\n'

    try:
        changed = with_service(source, "vimeo")
    except UnsureError:
        return
    names_of: dict[str, dict[str, list[object]]] = {}
    exec(changed, {}, names_of)  # noqa: S102  # the settings are a program
    assert names_of["PRIVACY"]["services"][-1] == "vimeo"
    assert with_service(changed, "vimeo") == changed
