"""What is said of a form, in the same words by the page pass and by the audit, whoever wrote it.

Pure: each reader shows a form's elements by their attributes; which parser found them does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

from .carriers import Attribute
from .checks import (
    FORM_BY_GET,
    FORM_WITHOUT_CONSENT,
    INSECURE_FORM,
    PRETICKED_BOX,
    UNDECLARED_FIELD,
    UNDECLARED_FORM,
    UNDECLARED_NETLIFY_FORM,
)
from .declaration import Declaration, Verdict
from .findings import Check, Finding
from .forms import CONSENT, Form, backends, sent_names
from .page import Read
from .urls import Party
from .verdicts import shown

CONTROLS = ("input", "select", "textarea", "button")
_SUBMITTERS = frozenset({"submit", "image"})
_NO_ENTRIES = frozenset({"submit", "image", "button", "reset"})
_PERSONAL_TYPES = frozenset({"email", "tel", "password", "file", "textarea"})
_IMPERSONAL_TOKENS = frozenset({"", "on", "off", "language", "one-time-code"})
_PERSONAL_WORDS = frozenset(
    "email mail name firstname lastname surname nickname username phone telephone mobile tel birth birthday "
    "birthdate dob age sex gender address street city zip postcode company iban comment message "
    "vorname nachname telefon handy geburtstag geburtsdatum alter anschrift adresse strasse ort plz firma "
    "nachricht".split()
)

_TABLE_PARTS = ("table", "thead", "tbody", "tfoot", "tr")
_Wrong = Callable[[Check, str, str], Finding]


class Control(NamedTuple):
    """One control that is sent with a form. type: of an `<input>`, else the element's name."""

    name: str
    type: str
    autocomplete: str
    is_ticked: bool
    is_required: bool

    @property
    def is_personal(self) -> bool:
        """Whether people enter something about themselves there, judged by its type, autofill token and name."""
        if self.type == "hidden":
            return False
        token = self.autocomplete.lower().split()[-1:] or [""]
        words = "".join(c.lower() if c.isalnum() else " " for c in _spaced(self.name)).split()
        return (
            self.type in _PERSONAL_TYPES
            or token[0] not in _IMPERSONAL_TOKENS
            or not _PERSONAL_WORDS.isdisjoint({*words, "".join(words)})
        )


class SeenForm(NamedTuple):
    """A form as a reader of HTML found it.

    source: its start tag. subject: what tells it from the other forms of its page, the same for every reader.
    declared: what it says that it is (`data-form`). targets: method and address of the form, and of each button
    that says otherwise. netlify: the name under which Netlify takes it, or None.
    """

    source: str
    subject: str
    declared: str
    targets: tuple[tuple[str, Verdict], ...]
    controls: tuple[Control, ...]
    netlify: str | None


def _spaced(name: str) -> str:
    """Return a name with its words apart: "firstName" has two."""
    return "".join(f" {c}" if c.isupper() and not p.isupper() else c for p, c in zip(" " + name, name, strict=False))


def seen_form(
    source: str, form: Attribute, controls: Iterable[tuple[str, Attribute]], base: str, read: Read
) -> SeenForm:
    """Return what a form says of itself. controls: the element and the attributes of each that belongs to it."""
    method, action = _method(form("method")), form("action") or ""
    targets = {(method, action): None}
    found = []
    for element, attribute in controls:
        kind = (attribute("type") or "").strip().lower()
        if element != "input":
            kind = (kind or "submit") if element == "button" else element
        if kind in _SUBMITTERS:
            override = attribute("formaction"), attribute("formmethod")
            if override != (None, None):
                targets[_method(override[1]) if override[1] else method, override[0] or action] = None
        elif kind not in _NO_ENTRIES and attribute("name"):
            ticked = attribute("checked") is not None and kind == "checkbox"
            required = attribute("required") is not None
            token = attribute("autocomplete") or ""
            found.append(Control(attribute("name") or "", kind or "text", token, ticked, required))
    is_netlify = any(form(name) is not None and form(name) != "false" for name in ("netlify", "data-netlify"))
    parts = [f"{way} {url}" for way, url in targets]
    return SeenForm(
        source,
        " ".join([*parts, *(control.name for control in found)]),
        form("data-form") or "",
        tuple((way, read(url, base)) for way, url in targets if way != "dialog"),
        tuple(found),
        (form("name") or "") if is_netlify else None,
    )


Line = Sequence[tuple[Hashable, str]]
"""An element and what it stands in, from the inside out: what tells it from others, and its name."""


def belongs(control: Line, form: Line, owner: str | None, name: str | None) -> bool:
    """Whether browsers send a control with a form. owner: the control's `form`, name: the form's `id`.

    A form right inside a table is empty in the tree, and owns the controls in the cells after it all the same; here
    it owns those of the whole table that have no other form. Source: WHATWG HTML, the form owner.
    """
    if owner is not None:
        return bool(name) and owner == name
    if form[0] in control:
        return True
    tags = [tag for _, tag in form]
    if len(tags) < 2 or tags[1] not in _TABLE_PARTS or any(tag == "form" for _, tag in control):
        return False
    return "table" in tags and form[tags.index("table")] in control


def _method(value: str | None) -> str:
    """Return how a browser reads the attribute: what it does not know is `get`. Source: WHATWG HTML."""
    word = (value or "").lower()
    return word if word in ("post", "dialog") else "get"


def declared_as(form: SeenForm, declaration: Declaration) -> tuple[Form, ...]:
    """Return the forms of the declaration that a form of a page may be: those sent where it is sent."""
    found = {}
    if form.netlify is not None:
        named = declaration.form(form.netlify)
        if named is not None and backends()[named.backend].is_own_origin:
            found[named.id] = named
    for _, verdict in form.targets:
        found.update((item.id, item) for item in _forms_at(verdict, declaration))
    return tuple(found.values())


def _forms_at(verdict: Verdict, declaration: Declaration) -> tuple[Form, ...]:
    return declaration.forms_by_target.get(verdict.address.href if verdict.address else "", ())


def judged_form(form: SeenForm, declaration: Declaration) -> Iterator[Finding]:
    """Yield what is wrong with a form, by whomever it was written."""
    tag = shown(form.source)
    personal = [control.name for control in form.controls if control.is_personal]
    known = declared_as(form, declaration)

    def wrong(check: Check, what: str, way_out: str) -> Finding:
        return Finding(check, f"{tag} {what}", way_out, evidence=form.source, subject=f"{form.subject}: {what}")

    if form.netlify is not None and not known:
        yield wrong(
            UNDECLARED_NETLIFY_FORM,
            f"lets Netlify take what is entered, and no form “{form.netlify}” is declared to be sent there.",
            'Declare it in PRIVACY["forms"] with the backend "netlify-forms", or remove the attribute.',
        )
    for method, verdict in form.targets:
        is_declared = bool(_forms_at(verdict, declaration))
        is_declared = is_declared or (form.netlify is not None and verdict.party is Party.OWN)
        yield from _on_its_way(method, verdict, personal, is_declared, wrong)
    if form.targets and (personal or known or any(method == "post" for method, _ in form.targets)):
        for control in form.controls:
            if control.is_ticked:
                what = f"ticks the box “{control.name}” before the visitor does."
                yield wrong(PRETICKED_BOX, what, "Remove checked: silence is no agreement.")
    if known:
        yield from _against(form, known, wrong)


def _on_its_way(
    method: str, verdict: Verdict, personal: list[str], is_declared: bool, wrong: _Wrong
) -> Iterator[Finding]:
    """Yield what is wrong with how and where the entries are sent. personal: the names of those about people."""
    host = verdict.host or (verdict.address.scheme + ":" if verdict.address else "nobody knows where")
    if method == "get" and personal:
        names = ", ".join(f"“{name}”" for name in personal)
        what = f"sends {names} as part of the address, which histories and logs keep."
        yield wrong(FORM_BY_GET, what, 'Add method="post".')
    if not personal and method != "post":
        return
    if verdict.address is not None and verdict.address.scheme == "http":
        yield wrong(INSECURE_FORM, f"is sent unencrypted to {host}.", "Let its address begin with https:.")
    is_told_already = verdict.is_foreign and verdict.service is None
    if not is_declared and not is_told_already:
        yield wrong(
            UNDECLARED_FORM,
            f'is sent to {host}, and no form of PRIVACY["forms"] has this address.',
            'Declare it in PRIVACY["forms"], and place it by a line such as [form:contact].',
        )


def _against(form: SeenForm, known: tuple[Form, ...], wrong: _Wrong) -> Iterator[Finding]:
    """Yield where a form differs from those of the declaration that it may be."""
    names = frozenset().union(*(sent_names(item) for item in known))
    listed = " or ".join(f'"{item.id}"' for item in known)
    undeclared = sorted({control.name for control in form.controls} - names)
    if undeclared:
        asked = ", ".join(f"“{name}”" for name in undeclared)
        yield wrong(
            UNDECLARED_FIELD,
            f"asks for {asked}, which the form {listed} of the declaration lacks.",
            'Remove it, or add it to the "fields" of the form in PRIVACY["forms"], with its purpose.',
        )
    boxes = {control.name for control in form.controls if control.type == "checkbox" and control.is_required}
    asking = [item for item in known if item.basis == "consent"]
    if asking and len(asking) == len(known):
        expected = {backends()[item.backend].field_name(CONSENT) for item in asking}
        if boxes.isdisjoint(expected):
            yield wrong(
                FORM_WITHOUT_CONSENT,
                f"is the form {listed}, whose basis is consent, and has no required box “{sorted(expected)[0]}”.",
                f"Place the form by a line [form:{asking[0].id}], which brings the box and its sentence.",
            )
