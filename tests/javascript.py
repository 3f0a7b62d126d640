"""JavaScript without a browser: functions of a script are called in the Node.js that Playwright brings along.

Of the engines that pip installs, one hung now and then when Python ended, one has no wheels for new Pythons;
this one is pinned with Playwright already, and is the engine of the browser.
"""

from __future__ import annotations

import json
import subprocess
from types import TracebackType
from typing import Any, Self

from playwright._impl._driver import compute_driver_executable

_LOOP = """
const { createInterface } = require("node:readline");
const call = (0, eval)(process.argv[1] + "; (name, given) => eval(name)(...given)");
createInterface({ input: process.stdin }).on("line", (line) => {
  const [name, given] = JSON.parse(line);
  process.stdout.write(JSON.stringify([call(name, given)]) + "\\n");
});
"""


class JavaScript:
    """A script that is loaded once. Call its functions by name; arguments and results are JSON."""

    def __init__(self, source: str) -> None:
        node, _ = compute_driver_executable()
        self._process = subprocess.Popen(
            [node, "-e", _LOOP, source], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def __call__(self, name: str, *given: Any) -> Any:
        """Return what a function returns; `undefined` is None."""
        assert self._process.stdin is not None, "it was asked for"
        assert self._process.stdout is not None, "it was asked for"
        self._process.stdin.write(json.dumps([name, given]) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, f"{name} raised an error, which stands above"
        return json.loads(answer)[0]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()
