"""Checks of forms: each is shown to the judgement that the page pass makes as well, read with another parser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from xml.etree import ElementTree

from selectolax.lexbor import LexborNode

from ..privacy.carriers import Attribute
from ..privacy.checks import (
    FORM_BY_GET,
    FORM_WITHOUT_CONSENT,
    INSECURE_FORM,
    PRETICKED_BOX,
    UNDECLARED_FIELD,
    UNDECLARED_FORM,
    UNDECLARED_NETLIFY_FORM,
)
from ..privacy.findings import Finding
from ..privacy.form_targets import service_of
from ..privacy.form_verdicts import CONTROLS, Line, SeenForm, belongs, declared_as, judged_form, seen_form
from ..privacy.page import Read
from .checks import UNUSED_FORM
from .files import File, Site
from .reading import Document, start_tag
from .xml_reading import XHTML

_CONTROLS = ",".join(CONTROLS)


def judge_forms(file: File) -> None:
    """Judge every form in the documents of a file: those in templates and `srcdoc` documents too."""
    site = file.site
    for document in file.documents:
        if b"data-form" in document.lowered:
            site.placed.update(node.attributes.get("data-form") or "" for node in document.tree.css("[data-form]"))
        if b"<form" in document.marks:
            for form in forms_of(document, site.read):
                judge_form(form, file)


def judge_form(form: SeenForm, file: File) -> None:
    """Judge one form; note which of the declaration it is, and the service that it uses."""
    site = file.site
    for known in declared_as(form, site.declaration):
        site.placed.add(known.id)
        service = service_of(known, site.declaration)
        site.used.update([service.id] if service is not None else [])
    for finding in judged_form(form, site.declaration):
        file.verdicts.setdefault(finding.check.name, []).append(replace(finding, page=file.name))


def forms_of(document: Document, read: Read) -> Iterator[SeenForm]:
    """Yield the forms of one document, without those of documents inside it."""
    forms = document.tree.css("form")
    controls = [(item, _reader(item), _line(item)) for item in document.tree.css(_CONTROLS)] if forms else []
    for node in forms:
        line, form = _line(node), _reader(node)
        own = [(item.tag or "", of) for item, of, at in controls if belongs(at, line, of("form"), form("id"))]
        yield seen_form(start_tag(node), form, own, document.base, read)


def _reader(node: LexborNode) -> Attribute:
    """Return a reader of attributes for which one without a value is empty, and not missing."""
    attributes = node.attributes

    def attribute(name: str) -> str | None:
        return (attributes[name] or "") if name in attributes else None

    return attribute


def _line(node: LexborNode) -> Line:
    line = [(node.mem_id, node.tag or "")]
    while (parent := node.parent) is not None:
        node = parent
        line.append((node.mem_id, node.tag or ""))
    return line


def form_in_xml(form: ElementTree.Element, file: File) -> SeenForm:
    """Return a form of an XHTML document, or of one in a drawing or feed."""
    inside = [item for item in form.iter() if item.tag.removeprefix(XHTML) in CONTROLS]
    source = "<form" + "".join(f' {name}="{value}"' for name, value in form.items()) + ">"
    controls = [(item.tag.removeprefix(XHTML), item.get) for item in inside]
    return seen_form(source, form.get, controls, file.base, file.site.read)


def undeclared_form(file: File) -> Iterable[Finding]:
    """A form with entries of visitors, sent to an address that no form of the declaration has.

    Example: <form method="post" action="/cgi-bin/mail"><input name="email" type="email">
    """
    return file.verdicts.get(UNDECLARED_FORM.name, ())


def undeclared_field(file: File) -> Iterable[Finding]:
    """A declared form that asks for more than its declaration says.

    Example: the contact form with <input name="birthday">
    """
    return file.verdicts.get(UNDECLARED_FIELD.name, ())


def form_by_get(file: File) -> Iterable[Finding]:
    """A form that sends personal data by GET, which writes them into addresses, histories and logs.

    Example: <form action="/send"><input name="email" type="email">
    """
    return file.verdicts.get(FORM_BY_GET.name, ())


def insecure_form(file: File) -> Iterable[Finding]:
    """A form that is sent without encryption.

    Example: <form method="post" action="http://www.example.com/send">
    """
    return file.verdicts.get(INSECURE_FORM.name, ())


def pre_ticked_box(file: File) -> Iterable[Finding]:
    """A box that is ticked before the visitor ticks it.

    Example: <form method="post" action="/send"><input type="checkbox" name="news" checked>
    """
    return file.verdicts.get(PRETICKED_BOX.name, ())


def form_without_consent(file: File) -> Iterable[Finding]:
    """A declared form whose basis is consent, without the required box that asks for it.

    Example: the newsletter form, written by hand without its box
    """
    return file.verdicts.get(FORM_WITHOUT_CONSENT.name, ())


def undeclared_netlify_form(file: File) -> Iterable[Finding]:
    """A form that Netlify takes because of its attribute, and that is not declared to be sent there.

    Example: <form name="contact" method="post" data-netlify="true">
    """
    return file.verdicts.get(UNDECLARED_NETLIFY_FORM.name, ())


def unused_form(site: Site) -> Iterator[Finding]:
    """A form that is declared and that no page has.

    Example: PRIVACY["forms"] = ["contact"], and no page with the line [form:contact]
    """
    for form in site.declaration.forms if site.is_whole else ():
        if form.id not in site.placed:
            yield Finding(
                UNUSED_FORM,
                f'PRIVACY["forms"] declares "{form.id}", and no page has it.',
                f"Write [form:{form.id}] into a paragraph of its own where it belongs (the plugin forms, in PLUGINS, "
                "puts it there), or remove it from the declaration.",
                place="pelicanconf.py",
                subject=form.id,
            )
