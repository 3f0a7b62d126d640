"""The README says what there is: every command, setting and check, and nothing else."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from plugins.amazon_affiliate.glue import AmazonAffiliate
from plugins.privacy.catalogue import Service
from plugins.privacy.cli import main
from plugins.privacy.findings import Check
from plugins.privacy.settings import Privacy

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def checks() -> list[Check]:
    """All checks of all plugins, sorted by level and name."""
    found = []
    for path in sorted((ROOT / "plugins").glob("*/checks.py")):
        module = import_module(f"plugins.{path.parent.name}.checks")
        found += [value for value in vars(module).values() if isinstance(value, Check)]
    return sorted(found, key=lambda check: (check.level, check.name))


def table_of_checks() -> str:
    """The README's table of checks, as it has to be."""
    return "".join(f"| `{check.name}` | {check.level} | {check.promise} |\n" for check in checks())


def test_no_two_checks_share_a_name() -> None:
    names = [check.name for check in checks()]
    assert len(names) == len(set(names)) > 10


def test_the_readme_lists_every_check_with_its_level_and_promise() -> None:
    listed = re.findall(r"^\| `[a-z-]+` \| (?:error|note) \| .*\|\n", README, re.MULTILINE)
    assert "".join(listed) == table_of_checks()


@pytest.mark.parametrize("name", Privacy.model_fields)
def test_the_readme_explains_every_key_of_privacy(name: str) -> None:
    assert f'| `PRIVACY["{name}"]` |' in README


@pytest.mark.parametrize("name", AmazonAffiliate.model_fields)
def test_the_readme_explains_every_option_for_amazon(name: str) -> None:
    assert f'| `AMAZON_AFFILIATE["{name}"]` |' in README


@pytest.mark.parametrize("name", Service.model_fields)
def test_the_readme_explains_every_key_of_a_service(name: str) -> None:
    rows = re.findall(r"^\| (`[^|]*) \|", README.partition("| key of a service |")[2], re.MULTILINE)
    assert any(f"`{name}`" in row for row in rows)


def test_the_readme_lists_every_make_target_and_no_other() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)`", README)) == targets


@pytest.mark.parametrize("name", sorted(main.commands))
def test_the_readme_lists_every_command(name: str) -> None:
    assert re.search(rf"^\| `privacy {name}[ `]", README, re.MULTILINE)


def test_ci_runs_the_readmes_test_command() -> None:
    assert "make test     #" in README
    assert re.search(r"^\s*make test$", (ROOT / ".ci" / "run").read_text("utf-8"), re.MULTILINE)
