"""The statements of the published policy, and what stands behind each of them.

The policy marks its statements itself (`data-statement`, in a part named by `data-policy-part`); here they are read
from the page as visitors get it.
"""

from __future__ import annotations

from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

EVIDENCE: dict[str, tuple[str, ...]] = {
    "services": ("undeclared-load", "ungated-load", "ungateable-load", "unused-service", "policy-evidence"),
    "picture": ("undeclared-load", "ungated-load", "undeclared-submission", "policy-evidence"),
    "purposes": ("ungated-load", "broken-gate", "forged-consent", "policy-evidence"),
    "cookies": ("ungated-load", "forged-consent", "undeclared-storage", "unused-storage", "policy-evidence"),
    "transfers": ("undeclared-load", "unused-service", "policy-evidence"),
    "forms": (
        "undeclared-submission", "undeclared-form", "undeclared-field", "unused-form", "form-without-consent",
        "pre-ticked-box", "form-by-get", "insecure-form", "policy-evidence",
    ),
    "affiliate": (
        "undisclosed-paid-link", "wrong-marketplace-tag", "mixed-tags", "undeclared-load", "policy-evidence",
    ),
    "analytics": ("undeclared-load", "ungated-load", "unused-service", "policy-evidence"),
    "links": ("unmarked-link", "undisclosed-paid-link", "policy-evidence"),
    "partners": ("unmarked-link", "undeclared-load", "policy-evidence"),
    "hosting": ("undeclared-load", "foreign-base", "policy-evidence"),
    "controller": ("no-policy", "policy-evidence"),
}  # fmt: skip
"""Part of the policy → the checks without which the site would not have been published."""


class Statement(NamedTuple):
    """One statement.

    text: nothing where it is what somebody wrote into the section. is_checked: by the build, else it is promised by
    the company. checks: what stands behind it.
    """

    section: str
    text: str
    is_checked: bool
    checks: tuple[str, ...]


def statements_of(html: str) -> list[Statement]:
    """Return the statements of a policy's page, in its order."""
    tree = BeautifulSoup(html, "html.parser")
    found = []
    for element in tree.select("[data-statement]"):
        part = element.find_parent(attrs={"data-policy-part": True})
        name = str(part["data-policy-part"]) if isinstance(part, Tag) else ""
        is_checked = element["data-statement"] == "checked"
        checks = EVIDENCE.get(name, ()) if is_checked else ()
        found.append(Statement(_heading(element), _text(element) if name else "", is_checked, checks))
    return found


def _heading(element: Tag) -> str:
    heading = element.find_previous(["h1", "h2"])
    return _text(heading) if isinstance(heading, Tag) else ""


def _text(element: Tag) -> str:
    label = element.find("strong", recursive=False)
    text = " ".join(element.get_text(" ").split())
    return text.removeprefix(" ".join(label.get_text(" ").split())).strip() if isinstance(label, Tag) else text
