"""One build of the bench, in a process of its own. Prints its clocks as JSON.

`python -m tests.bench.run_once plain|ours CONTENT OUTPUT`
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def main(kind: str, content: str, output: str) -> None:
    """Build once, plain or with everything of ours."""
    from pelican import Pelican
    from pelican.settings import read_settings

    override = {
        "PATH": content,
        "OUTPUT_PATH": output,
        "FEED_DOMAIN": "https://www.example.com",
        "SITEURL": "https://www.example.com",
    }
    if kind == "plain":
        override |= {"PLUGINS": [], "PELICAN_CLASS": Pelican}
    settings = read_settings(str(ROOT / "pelicanconf.py"), override=override)
    pelican = settings["PELICAN_CLASS"](settings)
    start = time.perf_counter()
    pelican.run()
    clocks = {"total": time.perf_counter() - start}
    if kind == "ours":
        clocks |= {"pass": pelican.current.seconds, "audit": pelican.current.audit_seconds}
    print("\n" + json.dumps(clocks))


if __name__ == "__main__":
    main(*sys.argv[1:])
