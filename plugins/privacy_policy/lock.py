"""`privacy.lock.json`: the versions of the policy that were released, and the fingerprints of what they said.

Pure. The file is written by the command `privacy policy` alone and committed with the policy. Its seal is the
hash of the rest, so that a change by hand or half a merge is told instead of believed.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any

from pydantic import Field, StringConstraints, ValidationError, model_validator

from ..privacy.facts import Entry, LanguageTag, NonEmpty
from .reading import facts_hash

NAME = "privacy.lock.json"
FORMAT = 1
FACTS = "facts.json"

Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
_RESTORE = (
    "Restore the file as it was committed, such as by: git checkout -- privacy.lock.json. It is written by "
    "the command “privacy policy”, never by hand."
)


class LockError(ValueError):
    """The lock cannot be believed. way_out: what to do about it."""

    def __init__(self, what: str, way_out: str = _RESTORE) -> None:
        super().__init__(what)
        self.what = what
        self.way_out = way_out


class Editorial(Entry):
    """A change that leaves the meaning as it was: why it was made."""

    reason: NonEmpty


class Version(Entry):
    """One released version.

    texts: the fingerprint of the text in each language. facts_hash: of all facts that it shows. archive: the
    SHA-256 of each stored file of the version, by its name in `content/privacy/archive/<date>/`. summary: what
    changed since the version before, by language; nothing in the first one.
    """

    date: date
    texts: Annotated[dict[LanguageTag, Hash], Field(min_length=1)]
    facts_hash: Hash
    archive: dict[NonEmpty, Hash]
    summary: dict[LanguageTag, NonEmpty] = Field(default_factory=dict)
    editorial: tuple[Editorial, ...] = ()

    @model_validator(mode="after")
    def _has_all_files(self) -> Version:
        expected = {*map(document_name, self.texts), FACTS}
        if set(self.archive) != expected:
            raise ValueError(
                f"has an archive of {', '.join(sorted(self.archive))} and not {', '.join(sorted(expected))}"
            )
        return self

    @property
    def number(self) -> str:
        """How often it was corrected, as “.2”, or nothing."""
        return f".{len(self.editorial)}" if self.editorial else ""


class Lock(Entry):
    """All released versions, the oldest first; at least one, in the order of their dates."""

    versions: Annotated[tuple[Version, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _are_in_order(self) -> Lock:
        days = [version.date for version in self.versions]
        if days != sorted(set(days)):
            raise ValueError("has versions that are not in the order of their dates")
        return self

    @property
    def last(self) -> Version:
        """The version that is in force."""
        return self.versions[-1]


def document_name(language: str) -> str:
    """Return the name of the stored text in a language."""
    return f"policy.{language}.html"


def read(text: str) -> Lock:
    """Return the lock that a file holds. Raises `LockError`."""
    if any(line.startswith(("<<<<<<<", ">>>>>>>")) for line in text.splitlines()):
        raise LockError(
            f"{NAME} holds both sides of a merge conflict.",
            "Keep the file of one side whole (git checkout --ours or --theirs, for it and for "
            "content/privacy/), then release what the other side changed: privacy policy release.",
        )
    try:
        content: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise LockError(f"{NAME} cannot be read: {error}.") from error
    if not isinstance(content, dict) or not isinstance(content.get("format"), int):
        raise LockError(f"{NAME} is not the lock of a privacy policy.")
    if content["format"] > FORMAT:
        raise LockError(
            f"{NAME} was written by a newer version of this project (format {content['format']}; this one knows "
            f"{FORMAT}).",
            "Update the project; nothing was changed.",
        )
    if content.get("seal") != _seal(content):
        raise LockError(f"{NAME} was changed by hand: its seal does not fit what it says.")
    try:
        return Lock.model_validate({"versions": content.get("versions")})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise LockError(f"{NAME} is damaged at {where or 'its top'}: {first['msg']}.") from error


def written(lock: Lock) -> str:
    """Return the file that holds a lock."""
    content = {"format": FORMAT, **lock.model_dump(mode="json")}
    return json.dumps({**content, "seal": _seal(content)}, indent=2, ensure_ascii=False) + "\n"


def _seal(content: dict[str, Any]) -> str:
    return facts_hash({key: value for key, value in content.items() if key != "seal"})
