"""`/.well-known/security.txt`: where to report a weakness of the site.

Pure. Source: RFC 9116, sections 2.5 (fields) and 3 (place).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import quote

from ..privacy.findings import Finding
from ..privacy.settings import Security
from .checks import SECURITY_EXPIRED, SECURITY_EXPIRES

PATH = ".well-known/security.txt"
_NOTICE_DAYS = 30
_WAY_OUT = (
    'Read whether the contacts are still right, and set PRIVACY["security"]["expires"] to a later day, at most '
    "a year from now."
)


def security_txt(security: Security, site: str, languages: Iterable[str]) -> bytes:
    """Return the file. site: the canonical origin. languages: those in which reports are read, the first first."""
    lines = [f"Contact: {quote(contact, safe=':/@?&=+%.,;~#-_()')}" for contact in security.contact]
    lines.append(f"Expires: {security.expires.isoformat()}T00:00:00Z")
    lines.append(f"Preferred-Languages: {', '.join(languages)}")
    lines.append(f"Canonical: {site}/{PATH}")
    if security.policy:
        lines.append(f"Policy: {security.policy}")
    return ("\n".join(lines) + "\n").encode()


def expiry(security: Security, now: date) -> list[Finding]:
    """Return a note in the last 30 days before the file expires, and an error from that day on."""
    left = (security.expires - now).days
    if left > _NOTICE_DAYS:
        return []
    if left <= 0:
        what = f"security.txt expired on {security.expires}: nobody is to trust its contacts any more."
        return [Finding(SECURITY_EXPIRED, what, _WAY_OUT, place="pelicanconf.py", evidence=what)]
    days = "1 day" if left == 1 else f"{left} days"
    what = f"security.txt expires in {days}, on {security.expires}."
    return [Finding(SECURITY_EXPIRES, what, _WAY_OUT, place="pelicanconf.py", evidence=what)]
