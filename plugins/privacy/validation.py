"""Mistakes in the settings: all of them at once, each with its path and the way out."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from .checks import WRONG_SETTING
from .facts import FORMS
from .findings import Finding

Model = TypeVar("Model", bound=BaseModel)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return " Did you mean …?" with the known word most like `word`, or nothing."""
    close = difflib.get_close_matches(word, sorted(known), n=1) or difflib.get_close_matches(
        word.lower(), sorted(known), n=1
    )
    return f' Did you mean "{close[0]}"?' if close else ""


def validate(model: type[Model], name: str, value: object) -> tuple[Model | None, list[Finding]]:
    """Return the setting `name` as `model`, or None and a finding for each mistake in it."""
    try:
        return model.model_validate(value), []
    except ValidationError as error:
        mistakes = [dict(mistake) for mistake in error.errors(include_url=False)]
        return None, [_finding(model, name, mistake) for mistake in _innermost(mistakes)]


def _innermost(mistakes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out what only follows from a mistake further inside: a list without its wrong item is too short."""
    paths = [_location(mistake) for mistake in mistakes]
    return [
        mistake
        for mistake, path in zip(mistakes, paths, strict=True)
        if not any(len(other) > len(path) and other[: len(path)] == path for other in paths)
    ]


def _location(mistake: dict[str, Any]) -> tuple[str | int, ...]:
    return tuple(part for part in mistake["loc"] if part not in (*FORMS, "[key]"))


_WANTED = {
    "string_too_short": "has to say something",
    "too_short": "has to name at least one",
    "string_type": "has to be a text in quotes",
    "bool_parsing": "has to be True or False",
    "bool_type": "has to be True or False",
    "tuple_type": "has to be a list in brackets",
    "dict_type": "has to be a table in braces",
    "model_type": "has to be a table in braces",
    "date_type": "has to be a day, such as “2026-01-31”",
    "date_from_datetime_parsing": "has to be a day, such as “2026-01-31”",
}
"""What a setting has to be, by pydantic's names of mistakes."""


def _finding(model: type[BaseModel], name: str, mistake: dict[str, Any]) -> Finding:
    location = _location(mistake)
    path = name + "".join(f'["{part}"]' if isinstance(part, str) else f"[{part}]" for part in location)
    way_out = "See the README, “Settings”."
    kind = mistake["type"]
    if kind == "extra_forbidden":
        what = f"{path} is not a setting."
        way_out = nearest(str(location[-1]), _keys(model, location)).strip() or "Remove it, or correct its name."
    elif kind == "missing":
        what = f"{path} is missing."
        way_out = f"Add {path} to pelicanconf.py; the README says what it means."
    elif kind == "value_error":
        message = str(mistake["ctx"]["error"])
        what = f"{path}: {message}" if message.startswith('"') else f"{path} {message}".replace(" [", "[", 1)
        what = what if what.endswith((".", "?")) else what + "."
    else:
        wanted = _WANTED.get(kind) or mistake["msg"].replace("Input should", "has to", 1)
        what = f"{path} {wanted}; it is {mistake['input']!r}."
    return Finding(WRONG_SETTING, what, way_out, place="pelicanconf.py", evidence=what)


def _keys(model: type[BaseModel], location: tuple[str | int, ...]) -> Iterable[str]:
    """Return the keys that are known where `location` points."""
    for part in location[:-1]:
        if part in model.model_fields:
            model = next(_models_in(model.model_fields[str(part)].annotation), model)
    return model.model_fields


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the tables that a type speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)
