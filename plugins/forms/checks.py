"""The checks of the forms plugin. Each has one level; the README lists them all."""

from __future__ import annotations

from ..privacy.findings import Check, Level

FORM_MARKER = Check(
    "form-marker",
    Level.ERROR,
    "Every [form:…] names a declared form and stands alone in its paragraph, once on its page.",
)
FORM_PAGE_MISSING = Check(
    "form-page-missing",
    Level.ERROR,
    "The pages to which a form leads are there: the policy, the thank-you page, the error page.",
)
