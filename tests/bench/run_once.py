"""One build of the bench, in a process of its own. Prints its clocks as the last line, in JSON.

`python -m tests.bench.run_once plain|ours CONTENT OUTPUT`
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
import time
import types
from datetime import UTC, datetime, timedelta
from pathlib import Path

from markdown import Markdown
from markdown.extensions import Extension
from pelican import Pelican
from pelican.settings import read_settings

ROOT = Path(__file__).resolve().parent.parent.parent


PACKING = "plugins.precompress"
"""What plain Pelican does not do at all, and is measured apart."""
OURS = tuple(sorted(path.parent.name for path in (ROOT / "plugins").glob("*/__init__.py")))


class NoTableClasses(Extension):
    """A Markdown extension that does nothing, in the place of ours."""

    def extendMarkdown(self, md: Markdown) -> None:  # the name is Python-Markdown's
        """Change nothing."""


def without_our_plugins() -> None:
    """Let the settings find empty modules for ours, so that plain Pelican pays for none of our imports."""
    package = types.ModuleType("plugins")
    sys.modules["plugins"] = package
    for name in OURS:
        module = types.ModuleType(f"plugins.{name}")
        sys.modules[module.__name__] = module
        setattr(package, name, module)
    sys.modules["plugins.privacy"].__dict__["SafePelican"] = Pelican
    tables = types.ModuleType("plugins.privacy.table_classes")
    tables.__dict__["TableClasses"] = NoTableClasses
    sys.modules[tables.__name__] = tables


def main(kind: str, content: str, output: str) -> None:
    """Build once, plain or with everything of ours."""
    override: dict[str, object] = {"PATH": content, "OUTPUT_PATH": output}
    if kind == "plain":
        without_our_plugins()
        override["PLUGINS"] = []
    settings = read_settings(str(ROOT / "publishconf.py"), override=override)
    if kind == "ours":  # the policy of the bench has no versions
        reason, until = "It is written anew on every run.", datetime.now(UTC).date() + timedelta(days=30)
        excepted = {"check": "policy-lock", "place": "content/privacy/policy.md", "reason": reason, "until": until}
        settings["PRIVACY"] = {**settings["PRIVACY"], "exceptions": [excepted]}
        settings["PLUGINS"] = [plugin for plugin in settings["PLUGINS"] if plugin.__name__ != PACKING]
    pelican = settings["PELICAN_CLASS"](settings)
    start = time.process_time()
    pelican.run()
    clocks = {"total": time.process_time() - start}
    if kind == "ours":
        clocks |= {"pass": pelican.current.seconds, "audit": pelican.current.audit_seconds}
    clocks["pages"] = sum(1 for _ in Path(output).rglob("index.html"))
    clocks["html"] = sum(path.stat().st_size for path in Path(output).rglob("*.html"))
    clocks["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if kind == "ours":
        start = time.process_time()
        importlib.import_module(f"{PACKING}.packing").pack(Path(output))
        clocks["packing"] = time.process_time() - start
    print("\n" + json.dumps(clocks))


if __name__ == "__main__":
    main(*sys.argv[1:])
