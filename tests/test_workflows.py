"""The workflows: what they run is pinned, what they may do is little, and no pull request publishes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

FOLDER = Path(__file__).resolve().parent.parent / ".github"
WORKFLOWS = sorted((FOLDER / "workflows").glob("*.yml"))
IS_PUSH_TO_MAIN = "github.event_name != 'pull_request' && github.ref == 'refs/heads/main'"


def read(path: Path) -> Any:
    """One file of YAML."""
    return YAML(typ="safe").load(path.read_text("utf-8"))


def jobs() -> list[tuple[str, Any]]:
    """All jobs of all workflows, by name."""
    return [(f"{path.stem}.{name}", job) for path in WORKFLOWS for name, job in read(path)["jobs"].items()]


def test_every_action_is_pinned_by_its_commit_with_its_version_beside_it() -> None:
    lines = [line for path in WORKFLOWS for line in path.read_text("utf-8").splitlines() if "uses:" in line]

    assert len(lines) > 4
    for line in lines:
        assert re.search(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_grants_nothing_that_a_job_does_not_ask_for(path: Path) -> None:
    assert read(path)["permissions"] == {}


def test_only_the_deployment_may_write() -> None:
    writing = {name: job["permissions"] for name, job in jobs() if "write" in job["permissions"].values()}

    assert writing == {"site.deploy": {"pages": "write", "id-token": "write"}}
    assert {name: job["permissions"] for name, job in jobs() if name not in writing} == {
        "site.check": {"contents": "read", "actions": "read"},  # the latter for the report of the last publication
        "weekly.expiry": {"contents": "read"},
    }


def test_the_last_report_is_never_one_of_a_pull_request() -> None:
    steps = read(FOLDER / "workflows/site.yml")["jobs"]["check"]["steps"]
    (fetch,) = [step["run"] for step in steps if "gh run list" in step.get("run", "")]

    assert "--branch main --event push --status success" in fetch


def test_nothing_of_a_pull_request_is_published() -> None:
    site = read(FOLDER / "workflows/site.yml")

    assert site["jobs"]["deploy"]["if"] == IS_PUSH_TO_MAIN
    assert site["jobs"]["deploy"]["needs"] == "check"
    (upload,) = [step for step in site["jobs"]["check"]["steps"] if "upload-pages" in step.get("uses", "")]
    assert upload["if"] == IS_PUSH_TO_MAIN
    assert not {"pull_request_target", "workflow_run"} & set(site["on"])


def test_no_credentials_stay_with_the_checked_out_code() -> None:
    checkouts = [step for _, job in jobs() for step in job["steps"] if "actions/checkout" in step.get("uses", "")]

    assert len(checkouts) == len(WORKFLOWS)
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_actions_and_packages_are_proposed_anew_each_week() -> None:
    updates = read(FOLDER / "dependabot.yml")["updates"]

    assert {update["package-ecosystem"]: update["schedule"]["interval"] for update in updates} == {
        "github-actions": "weekly",
        "pip": "weekly",
    }


def test_ci_runs_what_make_check_runs() -> None:
    script = (FOLDER.parent / ".ci/run").read_text("utf-8")

    assert "make lint publish-strict check-servers" in script
    assert "run: .ci/run" in (FOLDER / "workflows/site.yml").read_text("utf-8")
