"""Host names as people see them: in Unicode, with the letters that look like others told apart.

Pure. Source: UTS #39, Unicode security mechanisms (skeletons, and which scripts are written together).
The table of look-alikes is ours and short: the letters with which Latin names are imitated.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import ada_url

_LOOK_ALIKES = str.maketrans(
    # Cyrillic, Greek, Armenian, Latin letters beyond ASCII, and the digits that pass for letters
    "аеорсухіјѕһԁԛԝӏгткмѵοανιρτυκχεɡɑıʟո01",  # noqa: RUF001
    "aeopcyxijshdqwlrtkmvoavlptukxegailnol",
)
_PAIRS = (("rn", "m"), ("vv", "w"))
_TOGETHER = (  # scripts that one language writes together, UTS #39, section 5.2
    frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA"}),
    frozenset({"LATIN", "CJK", "BOPOMOFO"}),
    frozenset({"LATIN", "CJK", "HANGUL"}),
)


@lru_cache(maxsize=4096)
def in_unicode(host: str) -> str:
    """Return a host (ASCII, as browsers connect to it) in the letters that it stands for."""
    if "xn--" not in host:
        return host
    decoded: str = ada_url.idna_to_unicode(host.encode("ascii"))
    return decoded


def shown_host(host: str) -> str:
    """Return a host for a message: in Unicode, followed by its punycode where that differs."""
    readable = in_unicode(host)
    return host if readable == host else f"{readable} ({host})"


@lru_cache(maxsize=4096)
def skeleton(host: str) -> str:
    """Return what a host looks like: two hosts with the same skeleton are taken for each other."""
    plain = _plain(in_unicode(host))
    for pair, letter in _PAIRS:
        plain = plain.replace(pair, letter)
    return plain


def _plain(name: str) -> str:
    """Return a name in the Latin letters that its letters look like, without accents."""
    if not name.isascii():
        name = "".join(letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter))
    return name.translate(_LOOK_ALIKES)


@lru_cache(maxsize=4096)
def is_deceptive(host: str) -> bool:
    """Whether a label of the host mixes scripts that no language writes together, or is written in another
    script so that it can be read as plain Latin."""
    return "xn--" in host and any(
        _is_deceptive_label(label) for label in in_unicode(host).split(".") if not label.isascii()
    )


def _is_deceptive_label(label: str) -> bool:
    scripts = {unicodedata.name(letter, "UNKNOWN").split()[0] for letter in label if letter.isalpha()}
    if "LATIN" not in scripts:
        return _plain(label).isascii()
    return len(scripts) > 1 and not any(scripts <= together for together in _TOGETHER)
