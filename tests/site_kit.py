"""Whole small sites in a temporary folder, and the real commands run on them, as a person or CI runs them."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

ROOT = Path(__file__).resolve().parent.parent
EPOCH = "1767225600"  # 2026-01-01: the day on which every test builds
DEADLINE = 30.0
NOT_PUBLISHED = "The site was not published."

SETTINGS = """\
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = Path(r"{project}")
sys.path[:0] = [str(PROJECT), str(HERE)]
from plugins import amazon_affiliate, cookie_banner, forms, headers, privacy, privacy_audit, privacy_policy, third_party_links

SITENAME = "Tiny"
SITEURL = ""
TIMEZONE = "Europe/Berlin"
DEFAULT_LANG = "en"
PATH, THEME, OUTPUT_PATH = str(HERE / "content"), str(HERE / "theme"), str(HERE / "output")
PRIVACY = {{
    "site": "https://www.example.com",
    "controller": {{"name": "Example GmbH", "email": "hello@example.com", "address": ["1 Road"], "country": "DE"}},
    "hosting": {{"provider": "Example Host", "country": "DE", "logged": ["ip-address"], "retention": "P7D"}},
    "services": [],
}}
PELICAN_CLASS = privacy.SafePelican
PLUGINS = [privacy, cookie_banner, headers, amazon_affiliate, third_party_links, privacy_policy, forms, privacy_audit]
ARTICLE_PATHS, PAGE_PATHS, STATIC_PATHS = ["blog"], ["pages", "privacy"], ["images", "extra"]
READERS = {{"html": None}}
PAGE_URL, PAGE_SAVE_AS = "{{slug}}/", "{{slug}}/index.html"
ARTICLE_URL, ARTICLE_SAVE_AS = "blog/{{slug}}/", "blog/{{slug}}/index.html"
DIRECT_TEMPLATES, INDEX_SAVE_AS = ["index"], "blog/index.html"
CATEGORY_SAVE_AS = TAG_SAVE_AS = AUTHOR_SAVE_AS = ""
FEED_ALL_ATOM, FEED_DOMAIN = "feeds/all.atom.xml", "https://www.example.com"
CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
"""
FILES = {
    "content/pages/home.md": "Title: Home\nURL:\nSave_as: index.html\n\nHello.\n",
    "content/privacy/policy.md": "Title: Privacy\nSlug: privacy\nUpdated: 2025-12-01\n\n[privacy:updated]\n\n[privacy:all]\n",
    "content/blog/first.md": "Title: First\nDate: 2025-11-30\n\nThe first article.\n",
    "theme/templates/base.html": (
        '<!DOCTYPE html>\n<html lang="{{ DEFAULT_LANG }}">\n<head><meta charset="utf-8"><title>{{ SITENAME }}</title></head>\n'
        "<body>\n{% block content %}{% endblock %}\n"
        '{% for policy in pages if policy.slug == "privacy" %}<a href="{{ SITEURL }}/{{ policy.url }}">Privacy</a>\n'
        "{% endfor %}</body>\n</html>\n"
    ),
    "theme/templates/page.html": (
        '{% extends "base.html" %}{% block content %}<h1>{{ page.title }}</h1>\n{{ page.content }}{% endblock %}\n'
    ),
    "theme/templates/article.html": (
        '{% extends "base.html" %}{% block content %}<h1>{{ article.title }}</h1>\n{{ article.content }}{% endblock %}\n'
    ),
    "theme/templates/index.html": (
        '{% extends "base.html" %}{% block content %}{% for article in articles %}'
        '<h2><a href="{{ SITEURL }}/{{ article.url }}">{{ article.title }}</a></h2>\n{{ article.summary }}\n'
        "{% endfor %}{% endblock %}\n"
    ),
}
VIDEO = '<iframe src="https://www.youtube-nocookie.com/embed/abc" title="A film"></iframe>'

# A plugin that holds the build where the file .pause says, until a line comes on the standard input.
PAUSES = '''\
import sys
from pathlib import Path

from pelican import signals
from plugins.privacy import extension
from plugins.privacy.page import Form

FILE = Path(__file__).with_name(".pause")
SIGNALS = """initialized article_generator_init article_generator_context all_generators_finalized get_writer
    feed_generated feed_written content_written article_writer_finalized finalized""".split()
POINT = FILE.read_text() if FILE.is_file() else ""
KEPT = []


def pause(point):
    if point == POINT and FILE.exists():
        FILE.unlink()
        print("paused at", point, flush=True)
        sys.stdin.readline()


class Rule:
    forms = frozenset({Form.DOCUMENT})

    def __call__(self, page):
        pause("a page")
        return ()


def rules(site):
    return [(extension.MARK, Rule())]


def staged(site):
    pause("the audit")
    return []


def receiver(name):
    def receive(*sender, **named):
        pause(name)

    KEPT.append(receive)
    return receive


def register():
    pause("register")
    for name in SIGNALS:
        getattr(signals, name).connect(receiver(name))
    extension.rules_wanted.connect(rules)
    extension.output_staged.connect(staged)
    sys.addaudithook(lambda event, arguments: pause(event))


pause("import")
'''


class Ended(NamedTuple):
    """What a command left behind: its exit code, and what it wrote."""

    code: int
    out: str
    err: str


class Site(NamedTuple):
    """A site in `folder`, built by the plugins below `project`."""

    folder: Path
    project: Path

    @property
    def output(self) -> Path:
        """The published site."""
        return self.folder / "output"

    def write(self, name: str, text: str | bytes) -> Path:
        """Write one file of the site."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def add(self, name: str, text: str) -> None:
        """Add text to the end of a file, such as a line to the settings."""
        path = self.folder / name
        path.write_bytes(path.read_bytes() + text.encode())

    def replace(self, name: str, old: str, new: str) -> None:
        """Change one place of a file."""
        text = (self.folder / name).read_text("utf-8")
        assert text.count(old) == 1, (old, text)
        self.write(name, text.replace(old, new))

    def publish_former(self) -> dict[str, bytes]:
        """Put a site of former days where the output goes, and return its files."""
        self.write("output/index.html", "<!doctype html><title>The former site</title>\n")
        self.write("output/images/picture.png", bytes(range(256)))
        return files(self.output)

    def command(self, *arguments: str) -> list[str]:
        """Return the command that builds this site."""
        return [
            sys.executable,
            "-m",
            "plugins",
            "build",
            "--settings",
            str(self.folder / "pelicanconf.py"),
            *arguments,
        ]

    def build(self, *arguments: str, **environment: str) -> Ended:
        """Build by `python -m plugins build`, in the root of the project."""
        return run(self.command(*arguments), self.project, environment)

    def pelican(self, *arguments: str, cwd: Path | None = None, **environment: str) -> Ended:
        """Build by calling Pelican itself."""
        command = [sys.executable, "-m", "pelican", "-s", str(self.folder / "pelicanconf.py"), *arguments]
        return run(command, cwd or self.project, environment)

    def started(self, *arguments: str, **environment: str) -> Running:
        """Start a build and return it while it runs."""
        return Running(self.command(*arguments), self.project, environment)

    def stages(self) -> list[str]:
        """Return the folders in which builds stand that were not finished."""
        return sorted(path.name for path in self.folder.glob(".*stage*"))


def new_site(folder: Path, project: Path = ROOT) -> Site:
    """Write the smallest whole site, which uses no third party and is built without a word."""
    site = Site(folder, project)
    site.write("pelicanconf.py", SETTINGS.format(project=project))
    for name, text in FILES.items():
        site.write(name, text)
    return site


def new_project(folder: Path) -> Site:
    """Write the same site with plugins of its own, as somebody has it who cloned the project."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "plugins", folder / "plugins", ignore=ignored)
    return new_site(folder, folder)


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def run(command: list[str], cwd: Path, environment: Mapping[str, str] | None = None) -> Ended:
    """Run a command to its end."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=_environment(environment or {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=2 * DEADLINE,
    )
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    """Return an environment that is the same on every machine."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {**kept, "LANG": "C.UTF-8", "SOURCE_DATE_EPOCH": EPOCH, "COLUMNS": "200", **more}


class Running:
    """A command that runs, with all that it and its children wrote so far in `said`."""

    def __init__(self, command: list[str], cwd: Path, environment: Mapping[str, str] | None = None) -> None:
        self.process = subprocess.Popen(
            command,
            cwd=cwd,
            env=_environment({"PYTHONUNBUFFERED": "1", **(environment or {})}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            process_group=0,
        )
        self.said = ""
        self._seen = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def end(self) -> None:
        """End the command and all that it started, if that is still there."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None, "it was asked for"
            pipe.close()

    def wait_for(self, text: str) -> str:
        """Wait until the text was written after what was waited for before; return all from there up to it."""
        deadline = time.monotonic() + DEADLINE
        while (position := self.said.find(text, self._seen)) == -1:
            assert self._read(deadline), f"{text!r} did not come, but:\n{self.said[self._seen :]}"
        start, self._seen = self._seen, position + len(text)
        return self.said[start : self._seen]

    def _read(self, deadline: float) -> bool:
        """Take in what was written; False where nothing will come any more, or not in time."""
        assert self.process.stdout is not None, "it was asked for"
        descriptor = self.process.stdout.fileno()
        ready, _, _ = select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))
        chunk = os.read(descriptor, 65536) if ready else b""
        self.said += chunk.decode(errors="replace")
        return bool(chunk)

    def is_quiet_for(self, seconds: float) -> bool:
        """Whether nothing more is written, and nothing ends, for so long."""
        descriptor = self.process.stdout.fileno() if self.process.stdout else -1
        return not select.select([descriptor], [], [], seconds)[0]

    def go_on(self) -> None:
        """Let a build that pauses go on."""
        assert self.process.stdin is not None, "it was asked for"
        self.process.stdin.write(b"\n")
        self.process.stdin.flush()

    def ended(self) -> int:
        """Wait for the end, and return the exit code."""
        deadline = time.monotonic() + DEADLINE
        while self._read(deadline):
            pass
        return self.process.wait(max(0.1, deadline - time.monotonic()))


def until(condition: Callable[[], bool], what: str) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < deadline, f"in vain: {what}"
        time.sleep(0.02)
