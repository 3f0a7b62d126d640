"""The check that no real company publishes the data of the made-up one."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from ..privacy import urls
from ..privacy.carriers import Kind
from ..privacy.findings import Finding
from .checks import PLACEHOLDER_COMPANY
from .files import File
from .mails import TEXTS, addresses_in, decoded, is_reserved
from .sight import stands_in

PLACEHOLDERS = (
    "Example Systems",
    "example-systems",
    "examplesystems",
    "Example Hosting",
    "Musterstraße",
    "Musterstadt",
    "Mustermann",
    "Beispielplatz",
    "Musterland",
    "0000 000000",
    "HRB 00000",
    "DE000000000",
)
"""What this repository calls its made-up company, its accounts, people and places, and the numbers it gives them."""

_OF_EXAMPLES = frozenset({"code", "pre", "kbd", "samp", "var", "script", "style", "form"})
"""Where a text speaks of a program, or says what may be entered, and an example is right."""


def is_real(host: str) -> bool:
    """Whether a host is somebody's: no name reserved for examples, no address of a machine."""
    return urls.registrable_domain(host) is not None and not is_reserved(host)


def placeholder_company(file: File) -> Iterator[Finding]:
    """A name, a number, an account or an address of the made-up company, on a site under a real domain.

    Example: PRIVACY["site"] = "https://www.my-company.de", and an imprint that says "Musterstraße 1"
    """
    if not file.site.is_real or not (file.is_page or file.kind in TEXTS):
        return
    text = file.text or file.path.read_text("utf-8", errors="replace")
    for name in PLACEHOLDERS:
        if name in text:
            yield _finding(file, name, f"says “{name}”, which belongs to the made-up company of the example.")
    for mail in dict.fromkeys(_mails_shown(file, text)):
        yield _finding(file, mail, f"shows the mail address {mail}, whose domain is reserved for examples.")
    for host in dict.fromkeys(_hosts_asked(file)):
        yield _finding(file, host, f"loads from {host} or sends to it, a name that is reserved for examples.")


def _hosts_asked(file: File) -> Iterator[str]:
    """Yield the hosts reserved for examples that the file makes browsers load from or send to."""
    for item in file.found:
        if item.carrier.kind is not Kind.LINKS and is_reserved(item.verdict.host):
            yield item.verdict.host


def _mails_shown(file: File, text: str) -> Iterator[str]:
    """Yield the addresses at domains reserved for examples to which people are asked to write: those of links
    (mailto:), and on pages those in the text. In code and in the words of a form they are examples."""
    source = decoded(text, file.lowered) if file.is_page else text
    reserved = [(start, mail) for start, mail in addresses_in(source) if is_reserved(mail.rpartition("@")[2])]
    if not reserved:
        return
    for start, mail in reserved:
        if source[max(0, start - 7) : start].lower() == "mailto:":
            yield mail
    for document in file.documents:
        for words in _prose(document.tree.root):
            yield from (mail for _, mail in addresses_in(words) if is_reserved(mail.rpartition("@")[2]))


def _prose(root: LexborNode | None) -> Iterator[str]:
    """Yield the pieces of text of a document, but for those where an example is right."""
    for node in root.traverse(include_text=True) if root else ():
        if node.tag == "-text" and "@" in (node.text_content or "") and not stands_in(node, _OF_EXAMPLES, ()):
            yield node.text_content or ""


def _finding(file: File, subject: str, what: str) -> Finding:
    return Finding(
        PLACEHOLDER_COMPANY,
        f"This {'page' if file.is_page else 'file'} {what}",
        "Write your own company's data, in content/ and in pelicanconf.py.",
        page=file.name,
        evidence=subject,
        subject=subject,
    )
