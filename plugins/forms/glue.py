"""Where the forms plugin meets the core and Pelican: its settings, its markers, its rule, its wording."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from pelican.contents import Content, Page

from ..privacy.build import Build
from ..privacy.checks import WRONG_SETTING
from ..privacy.declaration import Declaration
from ..privacy.extension import MARK, Site
from ..privacy.findings import Finding
from ..privacy.forms import Form, shipped_forms
from ..privacy.page_pass import Rule
from ..privacy.safe_pelican import BUILD
from ..privacy.settings import Privacy
from ..privacy.validation import nearest, validate
from ..privacy.wording import Wording
from .checks import FORM_MARKER, FORM_PAGE_MISSING
from .markers import OPEN, name_of, placed
from .render import Pages, Policy, Renderer
from .rule import JudgeForms
from .words import spoken


def settings_findings(settings: Mapping[str, Any]) -> list[Finding]:
    """Return the words that are missing: a form or field that does not ship brings its own."""
    privacy, wrong = validate(Privacy, "PRIVACY", settings.get("PRIVACY", {}))
    if privacy is None or wrong:
        return []  # the core tells them
    return [finding for form in privacy.forms for finding in _wordless(form)]


def _wordless(form: Form) -> Iterable[Finding]:
    shipped = shipped_forms().get(form.id, {"fields": []})
    known = {field["name"]: field for field in shipped["fields"]}
    missing = [] if form.purpose or "basis" in shipped else ['"purpose"']
    for field in form.fields:
        keys = [] if field.name in known else [key for key in ("label", "purpose") if getattr(field, key) is None]
        missing += [f'"{key}" of the field "{field.name}"' for key in keys]
        values = [option["value"] for option in known.get(field.name, {}).get("options", ())]
        unnamed = [option.value for option in field.options if option.label is None and option.value not in values]
        missing += [f'"label" of the option "{value}"' for value in unnamed]
    for what in missing:
        told = f'PRIVACY["forms"]: "{form.id}" lacks {what}.'
        way_out = 'Write it as a text, or as one text for each language: {"en": …, "de": …}.'
        yield Finding(WRONG_SETTING, told, way_out, place="pelicanconf.py", evidence=told)


def rules(site: Site) -> Iterable[tuple[int, Rule]]:
    """Return the rule that judges forms."""
    wording = Wording("forms", site.theme, site.language)
    return [(MARK, JudgeForms(lru_cache(maxsize=16)(partial(wording.render, "feed.html"))))]


def place_forms(generators: Iterable[Any]) -> None:
    """Put the declared forms where their markers stand, or report why they cannot be there."""
    context = next(iter(generators)).context
    build: Build = context[BUILD]
    with build.clock():
        contents = {name: item for name, item in context["generated_content"].items() if item is not None}
        marked = [item for item in contents.values() if OPEN in item._content]
        if marked:
            placing = _Placing(build, contents)
            for content in marked:
                build.findings.extend(placing.place(content))


class _Placing:
    """Places the forms of one build. contents: every content by the path of its source below content/."""

    def __init__(self, build: Build, contents: Mapping[str, Content]) -> None:
        self._build = build
        self._contents = contents
        self._wording = Wording("forms", build.theme, build.settings["DEFAULT_LANG"])

    def place(self, content: Content) -> list[Finding]:
        """Replace the markers of one content; return what is wrong with them, with file and line."""
        declaration = self._build.declaration
        found: list[Finding] = []

        def render(name: str) -> str | None:
            form = declaration.form(name)
            return self._rendered(form, content, found) if form is not None else None

        result = placed(content._content, render)
        content._content = result.html
        known = [form.id for form in declaration.forms]
        for marker in result.unknown:
            way_out = nearest(name_of(marker), known).strip() or _where_to_declare(name_of(marker))
            found.append(_wrong(f'{marker}: PRIVACY["forms"] declares no form of this name.', way_out, marker))
        for marker in result.misplaced:
            way_out = "Write it into a paragraph of its own, with an empty line before and after it."
            found.append(
                _wrong(f"{marker} does not stand alone, so that no form can take its place.", way_out, marker)
            )
        found += [
            _wrong(f"[form:{name}] stands there more than once.", "Leave one of them.", f"[form:{name}]")
            for name in result.repeated
        ]
        source = Path(content.source_path)
        return self._build.places.located(found, str(content.save_as), [source])

    def _rendered(self, form: Form, content: Content, found: list[Finding]) -> str:
        language = str(content.lang)
        policy = self._policy(language)
        if policy is None:
            found.append(_missing(form, "content/privacy/policy.md", "a privacy policy, to which every form links"))
            return ""
        pages = Pages()
        if form.backend != "mailto":
            pages = self._pages(form, language, found)
        words = spoken(self._wording, language, self._build.declaration)
        renderer = Renderer(self._build.declaration, words, partial(self._render, words.language))
        return renderer(form, policy, pages)

    def _render(self, language: str, template: str, **values: object) -> str:
        return self._wording.render(template, language, **values)

    def _policy(self, language: str) -> Policy | None:
        pages = {str(page.lang): page for page in self._build.policy_pages}
        page = (
            pages.get(language) or pages.get(self._build.settings["DEFAULT_LANG"]) or next(iter(pages.values()), None)
        )
        if page is None:
            return None
        anchor = "#forms" if 'id="forms"' in page._content else ""
        revision = policy_revision(self._build.declaration, Path(page.source_path).read_bytes())
        return Policy(self._link(page) + anchor, str(page.metadata.get("updated", "")), revision)

    def _pages(self, form: Form, language: str, found: list[Finding]) -> Pages:
        """Return the pages to go on to, in the language of the page or else of the site."""
        thanks, error = (self._page(form, slug, language, found) for slug in (form.thanks, form.error))
        site = str(self._build.settings["SITEURL"] or self._build.declaration.site).rstrip("/")
        return Pages(
            f"{site}/{thanks.url}" if thanks else None,
            f"{site}/{error.url}" if error else None,
            self._link(thanks) if thanks else None,
        )

    def _page(self, form: Form, slug: str | None, language: str, found: list[Finding]) -> Content | None:
        if slug is None:
            return None
        pages = {
            str(item.lang): item for item in self._contents.values() if isinstance(item, Page) and item.slug == slug
        }
        page = pages.get(language) or pages.get(self._build.settings["DEFAULT_LANG"])
        if page is None:
            found.append(_missing(form, f"content/pages/{slug}.md", f"a page “{slug}”, to which the form leads"))
        return page

    def _link(self, page: Content) -> str:
        """Return a link that Pelican resolves, whatever SITEURL and RELATIVE_URLS are."""
        name = next(name for name, item in self._contents.items() if item is page)
        return "{filename}/" + name


def policy_revision(declaration: Declaration, source: bytes) -> str:
    """Return a short name of what the policy says on forms: of its source, and of the declaration it derives from."""
    privacy = declaration.privacy
    facts = [privacy.controller, *privacy.forms, *privacy.services]
    text = source + "\n".join(fact.model_dump_json() for fact in facts).encode()
    return hashlib.sha256(text).hexdigest()[:12]


def _where_to_declare(name: str) -> str:
    return f'Declare "{name}" in PRIVACY["forms"] in pelicanconf.py, or remove the marker.'


def _wrong(what: str, way_out: str, marker: str) -> Finding:
    return Finding(FORM_MARKER, what, way_out, evidence=marker)


def _missing(form: Form, file: str, lacking: str) -> Finding:
    what = f"The form “{form.id}” needs {lacking}, and the site has none."
    return Finding(FORM_PAGE_MISSING, what, f"Write {file}.", evidence=f"[form:{form.id}]", subject=file)
