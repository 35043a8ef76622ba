"""Runs the examples of docs/python.md and writes what they print below each of them.

Run by `make docs`, in a workspace of its own that goes afterwards. An example is a block of
Python; the block of text that follows it is replaced by what it prints.
"""

import contextlib
import io
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[1] / "python.md"
_EXAMPLE = re.compile(r"```python\n(.*?)```\n(?:\n```text\n.*?```\n)?", re.DOTALL)


def rendered(text: str, run: Callable[[str], str]) -> str:
    """The page with the output of each example as `run` gives it, in order."""

    def block(found: re.Match[str]) -> str:
        code = found.group(1)
        said = "\n".join(line.rstrip() for line in run(code).splitlines())
        shown = f"\n```text\n{said}\n```\n" if said else ""
        return f"```python\n{code}```\n{shown}"

    return _EXAMPLE.sub(block, text)


def runner() -> Callable[[str], str]:
    """Runs examples one after the other, as cells of one notebook; returns what each prints."""
    names: dict[str, Any] = {"__name__": "__main__"}

    def run(code: str) -> str:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(code, str(PAGE), "exec"), names)  # noqa: S102 (our own page)
        return out.getvalue()

    return run


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        made = rendered(PAGE.read_text("utf-8"), runner())
        from graph import server

        server.stop(Path(folder) / "my-workspace")
    PAGE.write_text(made, "utf-8")
