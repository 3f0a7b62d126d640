"""The checks of links that leave the site. Each has one level; the README lists them all."""

from __future__ import annotations

from ..privacy.findings import Check, Level

SCRIPT_LINK = Check(
    "script-link",
    Level.ERROR,
    "No link runs a program (javascript:), which a strict Content Security Policy forbids and nobody can follow.",
)
DATA_LINK = Check(
    "data-link",
    Level.NOTE,
    "No link holds its content in its own address (data:); browsers do not open it.",
)
UNREADABLE_LINK = Check(
    "unreadable-link",
    Level.NOTE,
    "Every link has an address that browsers can read.",
)
MISLEADING_LINK = Check(
    "misleading-link",
    Level.NOTE,
    "Every link leads to the host that people read in its address: no user name, backslash or odd spelling hides it.",
)
LOOK_ALIKE_LINK = Check(
    "look-alike-link",
    Level.NOTE,
    "No link leads to a host that looks like the site's own, a partner's or a known service's.",
)
MIXED_SCRIPT_HOST = Check(
    "mixed-script-host",
    Level.NOTE,
    "No link leads to a host whose name mixes alphabets, or imitates Latin letters by others.",
)
HIDDEN_DESTINATION = Check(
    "hidden-destination",
    Level.NOTE,
    "No link goes through a redirector, which hides where it leads (t.co, bit.ly, …).",
)
LOCAL_LINK = Check(
    "local-link",
    Level.NOTE,
    "No link leads to the reader's own machine (localhost, 127.0.0.1), where the author may have previewed the site.",
)
NAMELESS_LINK = Check(
    "nameless-link",
    Level.NOTE,
    "Every link that leaves the site has words, or a picture with a text in its place (alt).",
)
UNANNOUNCED_WINDOW = Check(
    "unannounced-window",
    Level.NOTE,
    "Nothing opens a new window without saying so: no area of a map, no link in a drawing.",
)
