"""Every check of the audit: a small finished site on which it fires, and a good twin that differs in that alone.

The sites are `tests/sites/bad/<check>/` and `tests/sites/good/<check>/`: the files in `site/`, what is declared in
`site.toml` (keys of PRIVACY; under [site]: policies, plugins, settings, which pages are copies, and the date in the policy's lock).
"""

from __future__ import annotations

import inspect
import json
import re
import tomllib
from pathlib import Path

import pytest

from plugins.privacy.extension import Staged
from plugins.privacy.findings import Finding
from plugins.privacy_audit.browser_checks import VISIT_CHECKS
from plugins.privacy_audit.list_of_checks import FILE_CHECKS, MADE, SITE_CHECKS
from plugins.privacy_audit.output import audit
from tests.kit import declared

SITES = Path(__file__).resolve().parents[1] / "sites"
ALSO = {
    "insecure-form": {"undeclared-form", "unused-form"},  # another address than the one declared
    "undeclared-netlify-form": {"undeclared-form"},
    "mixed-content": {"broken-link"},  # the unencrypted address is no part of the site
}


def judged(site: Path, folder: Path) -> list[Finding]:
    """Return what the audit finds in one of the sites."""
    path = site / "site.toml"
    keys = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    options = keys.pop("site") if isinstance(keys.get("site"), dict) else {}
    for name in options.get("copied", ()):
        (folder / "content").mkdir(exist_ok=True)
        (folder / "content" / name).write_bytes((site / "site" / name).read_bytes())
    if "lock" in options:
        (folder / "privacy.lock.json").write_text(json.dumps({"versions": [{"date": options["lock"]}]}))
    content = str(folder / "content")
    settings = {**options.get("settings", {}), "PLUGINS": options.get("plugins", []), "PATH": content}
    return audit(Staged(declared(**keys), site / "site", "", settings, options.get("policies", {})))


def test_there_is_a_bad_site_and_a_good_twin_for_every_check_and_for_no_other() -> None:
    assert {path.name for path in (SITES / "bad").iterdir()} == MADE
    assert {path.name for path in (SITES / "good").iterdir()} == MADE
    assert len(MADE) == len([*FILE_CHECKS, *SITE_CHECKS])


@pytest.mark.parametrize("check", sorted(MADE))
def test_the_check_fires_on_its_bad_site(check: str, tmp_path: Path) -> None:
    found = {finding.check.name for finding in judged(SITES / "bad" / check, tmp_path)}

    assert check in found
    assert found - {check} <= ALSO.get(check, set())


@pytest.mark.parametrize("check", sorted(MADE))
def test_nothing_fires_on_the_good_twin(check: str, tmp_path: Path) -> None:
    assert judged(SITES / "good" / check, tmp_path) == []


@pytest.mark.parametrize(("check", "find"), [*FILE_CHECKS, *SITE_CHECKS, *VISIT_CHECKS])
def test_every_check_explains_itself_with_an_example(check: object, find: object) -> None:
    about = inspect.getdoc(find) or ""
    assert re.fullmatch(r".+\n\nExample: .+", about, re.DOTALL), check
