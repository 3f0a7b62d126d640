"""Markup that a theme may write in place of a plugin's, and what a rule needs of it to know it again in a page."""

from __future__ import annotations

from pathlib import Path

import turbohtml

from .checks import WRONG_SETTING
from .findings import Finding, SiteError


def recognised(markup: str, template: Path, identifier: str = "") -> str:
    """Return the markup of a template in which a rule can know what it has written: it has an element, and no comment
    before that. identifier: the `id` of the element, which then begins the markup.

    Raises `SiteError`, naming the template, where it has not.
    """
    first = next(iter(turbohtml.parse_fragment(markup, "div", positions=False).iter_elements()), None)
    place = markup.find("<")
    if first is None or not markup[place + 1 : place + 2].isalpha():
        what = (
            "has no element, such as <p>, or a comment before it: the build would not know its own words in a page."
        )
    elif identifier and (place > 0 or first.attr("id") != identifier):
        what = f'does not begin with an element with id="{identifier}", by which links are described.'
    else:
        return markup
    way_out = (
        f"Begin it as plugins/{template.parent.name}/templates/{template.name} does; write comments as {{# … #}}."
    )
    raise SiteError([Finding(WRONG_SETTING, f"The template {template.name} {what}", way_out, place=str(template))])
