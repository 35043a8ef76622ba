"""Pastes the real output of commands into README.md, between the marks that name them.

Run by `make docs`, on the workspace's own database with the sample loaded. A block looks like

    <!-- output: joinedup ask responsibility.joint --target "…" -->
    (replaced)
    <!-- end -->
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

README = Path(__file__).parents[2] / "README.md"
_BLOCK = re.compile(r"<!-- output: (joinedup [^\n]+?) -->\n.*?<!-- end -->", re.DOTALL)


def commands(text: str) -> list[str]:
    """The commands whose output a page shows."""
    return _BLOCK.findall(text)


def rendered(text: str, run: Callable[[list[str]], str]) -> str:
    """The page with each block's output as `run` gives it for the words after `joinedup`."""

    def block(found: re.Match[str]) -> str:
        command = found.group(1)
        lines = [line.rstrip() for line in run(shlex.split(command)[1:]).splitlines()]
        shown = "\n".join([f"$ {command}", *lines])
        return f"<!-- output: {command} -->\n```console\n{shown}\n```\n<!-- end -->"

    return _BLOCK.sub(block, text)


def run(words: list[str]) -> str:
    """The output of `joinedup WORDS`. Raises CalledProcessError when it fails."""
    line = [sys.executable, "-m", "app.cli", *words]
    environment = {**os.environ, "COLUMNS": "110"}
    done = subprocess.run(
        line, capture_output=True, text=True, check=True, encoding="utf-8", env=environment
    )
    return done.stdout


if __name__ == "__main__":
    run(["load", "sample"])
    README.write_text(rendered(README.read_text("utf-8"), run), "utf-8")
