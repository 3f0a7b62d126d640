"""The one list of the checks that the audit makes, in the order in which it makes them.

Each is one function; `privacy audit --list` prints what it promises, and its docstring.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..amazon_affiliate.checks import UNDISCLOSED_PAID_LINK
from ..privacy import checks as core
from ..privacy.findings import Finding
from . import checks, company, forms, images, links, loads, pages, policy, policy_evidence, policy_headers, scripts
from .files import Audited, AuditedSite, File


def unreadable_file(file: File) -> Iterable[Finding]:
    """A page, style sheet, drawing or feed that is no UTF-8 text, no well-formed XML, or compressed.

    Example: a page saved as UTF-16
    """
    return file.verdicts.get(checks.UNREADABLE_FILE.name, ())


FILE_CHECKS: tuple[Audited, ...] = (
    Audited(checks.UNREADABLE_FILE, unreadable_file),
    Audited(core.UNDECLARED_LOAD, loads.undeclared_load),
    Audited(core.UNGATED_LOAD, loads.ungated_load),
    Audited(core.UNGATEABLE_LOAD, loads.ungateable_load),
    Audited(core.UNREADABLE_LOAD, loads.unreadable_load),
    Audited(core.UNDECLARED_SUBMISSION, loads.undeclared_submission),
    Audited(core.UNDECLARED_NETLIFY_FORM, forms.undeclared_netlify_form),
    Audited(core.FORM_BY_GET, forms.form_by_get),
    Audited(core.INSECURE_FORM, forms.insecure_form),
    Audited(core.UNDECLARED_FORM, forms.undeclared_form),
    Audited(core.PRETICKED_BOX, forms.pre_ticked_box),
    Audited(core.UNDECLARED_FIELD, forms.undeclared_field),
    Audited(core.FORM_WITHOUT_CONSENT, forms.form_without_consent),
    Audited(core.FOREIGN_BASE, loads.foreign_base),
    Audited(core.BROKEN_GATE, loads.broken_gate),
    Audited(checks.BROKEN_LINK, loads.broken_link),
    Audited(checks.MIXED_CONTENT, loads.mixed_content),
    Audited(checks.UNDECLARED_STORAGE, scripts.undeclared_storage),
    Audited(checks.SCRIPT_HOST, scripts.script_names_host),
    Audited(checks.INLINE_HANDLER, scripts.inline_handler),
    Audited(checks.CSP_INLINE, policy_headers.inline_script_refused),
    Audited(checks.INLINE_STYLE, policy_headers.inline_style),
    Audited(checks.SOURCE_MAP, scripts.source_map),
    Audited(checks.STALE_INTEGRITY, pages.stale_integrity),
    Audited(checks.MISSING_POLICY_LINK, pages.missing_policy_link),
    Audited(checks.MISSING_CONTROL, pages.missing_settings_control),
    Audited(checks.UNMARKED_LINK, links.unmarked_link),
    Audited(UNDISCLOSED_PAID_LINK, links.undisclosed_paid_link),
    Audited(checks.UNTAGGED_LINK, links.untagged_affiliate_link),
    Audited(checks.COPIED_PAGE, pages.copied_page),
    Audited(checks.PERSONAL_MAIL, pages.personal_mail),
    Audited(checks.IMAGE_LOCATION, images.image_location),
    Audited(checks.IMAGE_CAMERA, images.image_camera),
    Audited(checks.PLACEHOLDER_COMPANY, company.placeholder_company),
)
SITE_CHECKS: tuple[AuditedSite, ...] = (
    AuditedSite(checks.UNUSED_SERVICE, loads.unused_service),
    AuditedSite(checks.UNUSED_FORM, forms.unused_form),
    AuditedSite(checks.POLICY_DATE_PUBLISHED, policy.policy_date_published),
    AuditedSite(checks.POLICY_EVIDENCE, policy_evidence.policy_evidence),
    AuditedSite(checks.CSP_UNDECLARED, policy_headers.undeclared_csp),
    AuditedSite(checks.UNUSED_STORAGE, scripts.unused_storage),
)
MADE = frozenset(check.name for check, _ in [*FILE_CHECKS, *SITE_CHECKS])
"""The names of all checks that the audit makes."""
