"""The headers of a site, and how different servers are told of them. Pure: values in, text out.

Sources: https://docs.netlify.com/routing/headers/ and https://developers.cloudflare.com/pages/configuration/headers/
(the file `_headers`), https://nginx.org/en/docs/http/ngx_http_headers_module.html,
https://caddyserver.com/docs/caddyfile/directives/header; what browsers make of them was tried in Chromium 156,
2026-11.
"""

from __future__ import annotations

from collections.abc import Mapping

from .csp import ContentSecurityPolicy
from .meta import REFERRER

FILE = "_headers"
HSTS = "Strict-Transport-Security"
CSP = "Content-Security-Policy"
LONGEST_LINE = 2_000
"""Characters of one line of `_headers` that Cloudflare Pages reads."""

# What Chromium 156 knows; it warns of others on every page
_FEATURES_OFF = (
    "accelerometer", "browsing-topics", "camera", "compute-pressure", "display-capture", "geolocation",
    "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "serial", "usb",
    "xr-spatial-tracking",
)  # fmt: skip
_WRITTEN_BY = "Written by the build from PRIVACY in pelicanconf.py; changes here are lost."


def headers_of(policy: ContentSecurityPolicy, *, is_https: bool) -> dict[str, str]:
    """Return the headers of every answer, name → value, in the order in which they are written.

    is_https: whether the site has an address of https, without which Strict-Transport-Security says nothing.
    """
    headers = {
        CSP: policy.header,
        "Referrer-Policy": REFERRER,
        "Permissions-Policy": ", ".join(f"{name}=()" for name in _FEATURES_OFF),
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    return {**headers, HSTS: "max-age=31536000"} if is_https else headers


def as_file(headers: Mapping[str, str]) -> str:
    """Return the file `_headers` for Netlify and Cloudflare Pages."""
    lines = "".join(f"  {name}: {value}\n" for name, value in headers.items())
    return f"# {_WRITTEN_BY}\n/*\n{lines}"


def read_file(text: str) -> dict[str, str]:
    """Return the headers that a `_headers` file sets for every path."""
    headers: dict[str, str] = {}
    pattern = ""
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not line[0].isspace():
            pattern = line.strip()
        elif pattern == "/*":
            name, _, value = line.strip().partition(":")
            headers[name.strip()] = value.strip()
    return headers


def as_nginx(headers: Mapping[str, str]) -> str:
    """Return a snippet for the `server` block of nginx."""
    lines = "".join(f'add_header {name} "{value}" always;\n' for name, value in headers.items())
    return (
        f"# {_WRITTEN_BY}\n"
        "# Use it in the server block: include /etc/nginx/site-headers.conf;\n"
        "# A location with an add_header of its own inherits none of these: include the file there again.\n"
        f"{lines}\n"
        "# Send the files that `make publish` has compressed.\ngzip_static on;\ngzip_vary on;\n"
    )


def as_caddy(headers: Mapping[str, str]) -> str:
    """Return a snippet for a site of Caddy."""
    lines = "".join(f'\t{name} "{value}"\n' for name, value in headers.items())
    return (
        f"# {_WRITTEN_BY}\n"
        "# Use it in the site's block: import /etc/caddy/site-headers.caddy\n"
        f"header {{\n{lines}}}\n\n"
        "# Send the files that `make publish` has compressed.\n"
        "file_server {\n\tprecompressed gzip\n}\n"
    )
