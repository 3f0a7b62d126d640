"""`make bench`: what the privacy plugins cost, as ratios within one run. Prints a table; exit 1 where a bar is missed.

Plain Pelican and ours build the same generated content in alternating runs, each in a process of its own;
the medians of the pairs' ratios count. `--large` compares 1,000 with 10,000 articles, one pair each.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from tests.bench.content import write_site
from tests.bench.links import microseconds_per_link
from tests.bench.sizes import PAGE_LIMIT, RUNTIME_LIMIT, page_growth, runtime_size

ROOT = Path(__file__).resolve().parent.parent.parent
PAIRS = 5
ARTICLES = 1_000
LARGE = 10_000
MEGABYTE = 1024.0  # of what getrusage counts in, which is kB


class Run(NamedTuple):
    """One build: CPU seconds and peak memory (kB) of its process; in-process CPU seconds of the build, of
    the pass with its glue, of the audit, and of packing the site, which is in none of the others; megabytes of HTML
    that the audit read."""

    cpu: float
    memory: float
    total: float
    passing: float
    audit: float
    packing: float = 0.0
    html: float = 0.0


class Bar(NamedTuple):
    """One line of the result: what, the measured value, the most (or least) it may be, and how both are written."""

    what: str
    value: float
    most: float
    form: str
    is_least: bool = False

    @property
    def is_kept(self) -> bool:
        """Whether the value is within the bar."""
        return self.value >= self.most if self.is_least else self.value <= self.most

    def __str__(self) -> str:
        verdict = "ok" if self.is_kept else "MISSED"
        return f"{self.what:<58} {self.form.format(self.value):>9}  (at {'least' if self.is_least else 'most'} {self.form.format(self.most)})  {verdict}"


def build(kind: str, content: Path, articles: int = ARTICLES) -> Run:
    """Build once in a fresh process, `plain` or `ours`. Raises where the build fails or makes too few pages."""
    with tempfile.TemporaryDirectory() as output:
        command = [sys.executable, "-m", "tests.bench.run_once", kind, str(content), f"{output}/site"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        environment = {**os.environ, "PYTHONHASHSEED": "0"}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        raise RuntimeError(f"the {kind} build of the bench failed:\n{done.stdout}{done.stderr}")
    clocks = json.loads(done.stdout.splitlines()[-1])
    if clocks["pages"] < articles:
        raise RuntimeError(f"the {kind} build of the bench made {clocks['pages']} pages of {articles} articles")
    packing = clocks.get("packing", 0.0)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(
        cpu - packing,
        clocks["memory"],
        clocks["total"],
        clocks.get("pass", 0.0),
        clocks.get("audit", 0.0),
        packing,
        clocks["html"] / 1e6,
    )


def bench(folder: Path, count: int) -> list[Bar]:
    """Measure so many alternating pairs of builds of 1,000 articles."""
    content = folder / "content"
    write_site(content, ARTICLES)
    pairs = []
    for number in range(count):
        pairs.append((build("plain", content), build("ours", content)))
        print(
            f"pair {number + 1} of {count}: plain {pairs[-1][0].cpu:.1f} s, ours {pairs[-1][1].cpu:.1f} s", flush=True
        )
    ours = [our for _, our in pairs]
    packing = statistics.median(our.packing / plain.cpu for plain, our in pairs)
    print(f"packing the site as .gz, which plain Pelican does not do, takes {packing:.1%} of its CPU time more")
    plain_memory = statistics.median(plain.memory for plain, _ in pairs)
    return [
        _share("pass and glue, of the build's CPU time", [our.passing / our.total for our in ours], 0.08),
        _share("audit, of the build's CPU time", [our.audit / our.total for our in ours], 0.15),
        Bar("audit, HTML read in a second", statistics.median(o.html / o.audit for o in ours), 20, "{:.1f} MB", True),
        Bar("CPU time, times plain Pelican's", statistics.median(o.cpu / p.cpu for p, o in pairs), 1.25, "{:.3f}"),
        _memory("peak memory", statistics.median(our.memory for our in ours), plain_memory),
        Bar("consent: script and style sheet, gzip -9", runtime_size(), RUNTIME_LIMIT, "{:,.0f} B"),
        Bar("consent: what a page grows by, gzip -9", page_growth(), PAGE_LIMIT, "{:,.0f} B"),
        _classification(microseconds_per_link()),
    ]


def bench_large(folder: Path) -> list[Bar]:
    """Measure one pair of builds of 1,000 and one of 10,000 articles."""
    sites = {count: folder / str(count) / "content" for count in (ARTICLES, LARGE)}
    for count, content in sites.items():
        write_site(content, count)
    small = build("ours", sites[ARTICLES])
    plain, large = build("plain", sites[LARGE], LARGE), build("ours", sites[LARGE], LARGE)
    per_page = ((large.passing + large.audit) / LARGE) / ((small.passing + small.audit) / ARTICLES)
    return [
        Bar("our time per page, 10,000 articles to 1,000", per_page, 1.15, "{:.3f}"),
        _memory("peak memory at 10,000 articles", large.memory, plain.memory),
    ]


def _share(what: str, values: list[float], most: float) -> Bar:
    return Bar(what, statistics.median(values), most, "{:.1%}")


def _classification(microseconds: float) -> Bar:
    return Bar(f"a link classified, {1e6 / microseconds:,.0f} a second", microseconds, 10, "{:.1f} µs")


def _memory(what: str, ours: float, plain: float) -> Bar:
    return Bar(what, ours / MEGABYTE, (plain * 1.1) / MEGABYTE + 40, "{:.0f} MB")


def main() -> int:
    """Run the bench. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--large", action="store_true", help="compare 1,000 with 10,000 articles")
    parser.add_argument("--pairs", type=int, default=PAIRS, help="how many pairs (default: %(default)s)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bars = bench_large(Path(folder)) if options.large else bench(Path(folder), options.pairs)
    print("\n".join(str(bar) for bar in bars))
    return 0 if all(bar.is_kept for bar in bars) else 1


if __name__ == "__main__":
    sys.exit(main())
