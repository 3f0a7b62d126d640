"""A build that is killed or interrupted at any moment, or that another one runs beside, leaves a whole site."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.site_kit import PAUSES, Site, files, new_site

pytestmark = pytest.mark.slow


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """The smallest site, built by plugins that can pause."""
    made = new_site(tmp_path)
    made.write("own.py", PAUSES)
    made.add("pelicanconf.py", "import own\nPLUGINS.append(own)\n")
    return made


BEFORE = [
    "import",
    "initialized",
    "tempfile.mkdtemp",
    "fcntl.flock",
    "article_generator_init",
    "all_generators_finalized",
    "get_writer",
    "a page",
    "content_written",
    "feed_generated",
    "article_writer_finalized",
    "finalized",
    "the audit",
    "os.chmod",
    "ctypes.dlsym",
]
"""Moments of a build, in their order: signals of Pelican and of ours, and audit events of Python. The last
two are before the exchange of the folders."""


@pytest.mark.parametrize("moment", BEFORE)
def test_a_build_that_is_killed_leaves_the_former_site(site: Site, moment: str) -> None:
    former = site.publish_former()
    site.write(".pause", moment)
    with site.started() as build:
        build.wait_for(f"paused at {moment}\n")
        build.process.kill()
        assert build.ended() == -signal.SIGKILL

    assert files(site.output) == former
    assert site.build().code == 0
    assert "The first article." in (site.output / "blog/first/index.html").read_text("utf-8")
    assert site.stages() == [], "the next build sweeps up"


def test_a_build_that_is_killed_after_the_exchange_leaves_the_new_site(site: Site) -> None:
    assert site.build().code == 0
    new = files(site.output)
    site.publish_former()
    site.write(".pause", "shutil.rmtree")
    with site.started() as build:
        build.wait_for("paused at shutil.rmtree\n")
        build.process.kill()
        build.ended()

    assert files(site.output) == {**new}
    assert len(site.stages()) == 1, "the former site"
    assert site.build().code == 0
    assert (files(site.output), site.stages()) == (new, [])


@pytest.mark.parametrize("moment", ["import", "finalized"])
@pytest.mark.parametrize("interruption", ["SIGINT", "SIGTERM"])
def test_a_build_that_is_interrupted_leaves_the_former_site_and_nothing_else(
    site: Site, interruption: str, moment: str
) -> None:
    former = site.publish_former()
    site.write(".pause", moment)
    with site.started() as build:
        build.wait_for(f"paused at {moment}\n")
        os.kill(build.process.pid, signal.Signals[interruption])
        assert build.ended() != 0

    assert files(site.output) == former
    assert site.stages() == []
    assert "Traceback" not in build.said


@pytest.mark.parametrize("moment", ["fcntl.flock", "article_generator_init", "a page", "the audit", "ctypes.dlsym"])
def test_two_builds_at_once_leave_each_other_alone(site: Site, moment: str) -> None:
    assert site.build().code == 0
    whole = files(site.output)
    site.publish_former()
    site.write(".pause", moment)
    with site.started() as first:
        first.wait_for(f"paused at {moment}\n")
        stages = site.stages()
        second = site.build()
        assert (second.code, files(site.output)) == (0, whole)
        assert site.stages() == stages, "the second build does not touch the first one's folder"
        first.go_on()
        assert first.ended() == 0, first.said

    assert files(site.output) == whole
    assert site.stages() == []
