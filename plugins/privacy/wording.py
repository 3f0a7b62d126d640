"""What visitors read, and the markup around it: each plugin's messages and templates, as the site overrides them.

`plugins/<plugin>/messages/<language>.toml` holds the sentences; `<theme>/messages/<plugin>.<language>.toml`
overrides some or all of them. `<theme>/templates/<plugin>/<name>` overrides a template.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2

from .checks import WRONG_SETTING
from .findings import Finding, SiteError

PLUGINS = Path(__file__).resolve().parent.parent


class Wording:
    """The messages and templates of one plugin, in every language that it speaks.

    Raises `SiteError` where the theme overrides a sentence that there is none of, or leaves a
    language incomplete.
    """

    def __init__(self, plugin: str, theme: Path, default_language: str) -> None:
        self._messages = _all_messages(plugin, theme)
        self._default = default_language if default_language in self._messages else "en"
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader([theme / "templates" / plugin, PLUGINS / plugin / "templates"]),
            autoescape=True,
            auto_reload=False,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.language_of = lru_cache(maxsize=256)(self._language_of)

    def _language_of(self, tag: str) -> str:
        """Return the language spoken to a page with that `lang`: it, its main language, or the site's."""
        for candidate in (tag.lower(), tag.lower().partition("-")[0]):
            if candidate in self._messages:
                return candidate
        return self._default

    @property
    def languages(self) -> list[str]:
        """The codes of the languages in which there are sentences."""
        return sorted(self._messages)

    def speaks(self, language: str) -> bool:
        """Whether there are sentences in a page's own language."""
        return self.language_of(language) == language.lower().partition("-")[0] or language.lower() in self._messages

    def messages(self, language: str) -> Mapping[str, Any]:
        """Return the sentences for a page's `lang`."""
        return self._messages[self.language_of(language)]

    def render(self, template: str, language: str, **values: object) -> str:
        """Return the markup of a template, with the sentences as `m` and the language as `lang`. `differs` tells
        it that this is not the language of the page, which it then has to say (WCAG 2.2, success criterion 3.1.2)."""
        code = self.language_of(language)
        differs = not self.speaks(language)
        rendered = self._environment.get_template(template).render(
            m=self._messages[code], lang=code, differs=differs, **values
        )
        return rendered.strip()


def _all_messages(plugin: str, theme: Path) -> dict[str, dict[str, Any]]:
    shipped = {path.stem: _read(path) for path in sorted((PLUGINS / plugin / "messages").glob("*.toml"))}
    wrong: list[Finding] = []
    for path in sorted((theme / "messages").glob(f"{plugin}.*.toml")):
        language = path.name.split(".")[1]
        override = _read(path)
        base = shipped.get(language, {})
        merged = _merged(base, override)
        for key in sorted(_keys(merged) ^ _keys(shipped["en"])):
            verb = "is missing" if key in _keys(shipped["en"]) else "is no message of this plugin"
            wrong.append(
                Finding(
                    WRONG_SETTING,
                    f"The message “{key}” {verb} in {path.name}.",
                    f"The messages are those of plugins/{plugin}/messages/en.toml.",
                    place=str(path),
                    evidence=key,
                )
            )
        for key, sentence in _sentences(override):
            expected = dict(_sentences(base or shipped["en"])).get(key, sentence)
            if _blanks(sentence) != _blanks(expected):
                wrong.append(
                    Finding(
                        WRONG_SETTING,
                        f"The message “{key}” in {path.name} has other words in braces than {_blanks(expected)}.",
                        "What stands in braces is filled in; write it where it belongs in your sentence.",
                        place=str(path),
                        evidence=key,
                    )
                )
        shipped[language] = merged
    if wrong:
        raise SiteError(wrong)
    return shipped


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def _merged(base: dict[str, Any], override: dict[str, Any]) -> dict[str, Any]:
    result = dict(base)
    for key, value in override.items():
        known = result.get(key)
        result[key] = _merged(known, value) if isinstance(known, dict) and isinstance(value, dict) else value
    return result


def _blanks(sentence: str) -> str:
    """Return what is filled in, as it is written: "{controller}, {date}"."""
    names = sorted({name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None})
    return ", ".join(f"{{{name}}}" for name in names) or "no blanks"


def _sentences(messages: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in messages.items():
        if isinstance(value, Mapping):
            yield from _sentences(value, f"{prefix}{key}.")
        else:
            yield prefix + key, str(value)


def _keys(messages: Mapping[str, Any]) -> set[str]:
    return {key for key, _ in _sentences(messages)}
