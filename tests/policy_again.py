"""Releases the last version of the example site's policy again, with its date and summary.

    .venv/bin/python -m tests.policy_again

For work on this repository: where a change of the catalogue or of a plugin's wording changes what the example
policy says, this takes the change into its last version. A company whose policy was published releases a new version.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, time
from pathlib import Path

from plugins.privacy_policy import lock
from plugins.privacy_policy.archive import FOLDER, write

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Take the last version back, and release it again. Returns the exit code of the release."""
    path = ROOT / lock.NAME
    *kept, last = lock.read(path.read_text("utf-8")).versions
    folder, former = ROOT / "content" / FOLDER / last.date.isoformat(), path.read_bytes()
    aside = ROOT / "build" / "policy-aside"
    aside.parent.mkdir(exist_ok=True)
    shutil.rmtree(aside, ignore_errors=True)
    shutil.move(folder, aside)
    write(path, lock.written(lock.Lock(versions=tuple(kept))).encode())
    noon = int(datetime.combine(last.date, time(12), UTC).timestamp())
    summary = [word for tag, text in last.summary.items() if tag != "en" for word in ("--summary-in", tag, text)]
    command = [str(Path(sys.executable).with_name("privacy")), "policy", "release", "--summary", last.summary["en"]]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(noon)}
    code = subprocess.run([*command, *summary], cwd=ROOT, env=environment, check=False).returncode
    if code:
        shutil.move(aside, folder)
        write(path, former)
    return code


if __name__ == "__main__":
    sys.exit(main())
