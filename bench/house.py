"""`python -m bench.house`: how large the house is, and who imports whom, by the code's own imports.

- A page imports the modules that importing its file imports: at the top of a module, not inside a
  function and not for types alone. Neither the page nor packages' own `__init__` files count.
- `joinedup ask` imports what is loaded when the process ends, without `__init__` files, the module
  of the command line itself, and those that keep a database of one's own.
- A room is a file or folder in `graph/`. An arrow leads from a room to one it imports from, where
  and for what ever: in functions and for types too. A room without arrows is not counted.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import networkx as nx

PACKAGES = ("graph", "loaders", "queries", "app")
SMALL, LARGE = 50, 500
ASKED = ("ask", "responsibility.joint", "--target", "Action Against Illegal Drugs 1")
KEEPS = {"local_server", "server"}
"""folders of the modules that keep a database of one's own, whichever it is called"""

_LOADED = """
import atexit, json, sys
from importlib.metadata import entry_points
(script,) = entry_points(group="console_scripts", name="joinedup")
command = script.load()
ours = lambda: [n for n, m in sys.modules.items() if n.split(".")[0] in {packages}
                and not (getattr(m, "__file__", None) or "__init__.py").endswith("__init__.py")]
atexit.register(lambda: print("\\n" + json.dumps(sorted(set(ours()) - {{script.module}}))))
command()
"""


class House:
    """The product's modules under a root, and what they import."""

    def __init__(self, root: Path) -> None:
        self.files: dict[str, Path] = {}
        for package in PACKAGES:
            for path in sorted((root / package).rglob("*.py")):
                parts = path.relative_to(root).with_suffix("").parts
                self.files[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
        self._trees = {n: ast.parse(f.read_text("utf-8")) for n, f in self.files.items()}
        self.lines = {n: f.read_text("utf-8").count("\n") for n, f in self.files.items()}

    @cached_property
    def packages(self) -> set[str]:
        """The modules that are the `__init__` file of a package."""
        return {name for name, path in self.files.items() if path.name == "__init__.py"}

    def pages(self) -> dict[str, str]:
        """Page → its module, whichever way the app keeps its pages."""
        found = {}
        for name in self.files:
            match name.split("."):
                case ["app", "views", page]:
                    found[page] = name
                case ["app", "screens", page, "page"]:
                    found[page] = name
        return found

    def imported(self, name: str, *, everywhere: bool) -> set[str]:
        """What a module imports at its top; `everywhere`: in functions and for types too."""
        found: set[str] = set()
        for statement in _statements(self._trees[name], everywhere=everywhere):
            if isinstance(statement, ast.Import):
                found |= {one.name for one in statement.names}
                continue
            base = self._base(name, statement)
            parts = {f"{base}.{one.name}" for one in statement.names}
            found |= parts if parts <= self.files.keys() else {base, *parts}
        return found & self.files.keys()

    def _base(self, name: str, statement: ast.ImportFrom) -> str:
        above = name.split(".") + ([""] if name in self.packages else [])
        start = above[: -statement.level] if statement.level else []
        return ".".join([*start, *([statement.module] if statement.module else [])])

    def reached(self, name: str) -> set[str]:
        """What importing a module imports, step by step, without it and without packages."""
        seen: set[str] = set()
        todo = [name]
        while todo:
            one = todo.pop()
            if one not in seen:
                seen.add(one)
                parts = one.split(".")
                todo += [".".join(parts[:n]) for n in range(1, len(parts))]
                todo += self.imported(one, everywhere=False)
        return seen - self.packages - {name}

    def rooms(self, package: str, *, everywhere: bool = True) -> nx.DiGraph[str]:
        """The rooms of a package that an arrow leads to or from, with these arrows."""
        made: nx.DiGraph[str] = nx.DiGraph()
        for name in self.files:
            here = name.split(".")
            for other in self.imported(name, everywhere=everywhere):
                there = other.split(".")
                inside = here[0] == there[0] == package and min(len(here), len(there)) > 1
                if inside and here[1] != there[1]:
                    made.add_edge(here[1], there[1])
        return made


def _statements(tree: ast.AST, *, everywhere: bool) -> Iterator[ast.Import | ast.ImportFrom]:
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child
        elif everywhere:
            yield from _statements(child, everywhere=True)
        elif isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING"):
            yield from _statements(ast.Module(child.orelse, []), everywhere=False)
        elif not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from _statements(child, everywhere=False)


def loaded(workspace: Path | None) -> list[str]:
    """Our modules that asking a question loads, in a workspace that holds the sample."""
    if workspace is None:
        with tempfile.TemporaryDirectory(prefix="joinedup-house-") as folder:
            _joinedup(Path(folder), "load", "sample")
            try:
                return loaded(Path(folder))
            finally:
                _joinedup(Path(folder), "db", "stop")
    found: list[str] = json.loads(_joinedup(workspace, *ASKED).splitlines()[-1])
    return found


def _joinedup(workspace: Path, *words: str) -> str:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("JOINEDUP_")}
    return subprocess.run(
        [sys.executable, "-P", "-c", _LOADED.format(packages=PACKAGES), *words],
        env={**kept, "JOINEDUP_WORKSPACE": str(workspace)},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    ).stdout


def main() -> None:
    """Measure the house and print it."""
    parser = argparse.ArgumentParser(prog="python -m bench.house", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(__file__).parents[1], metavar="DIR")
    parser.add_argument("--workspace", type=Path, metavar="DIR", help="one that holds the sample")
    parser.add_argument("--static", action="store_true", help="ask nothing of a database")
    said = parser.parse_args()
    house = House(said.root)
    print(f"modules {len(house.files)}, lines {sum(house.lines.values()):,}")
    for package in PACKAGES:
        names = [name for name in house.files if name.split(".")[0] == package]
        lines = sum(house.lines[name] for name in names)
        print(f"  {package}: modules {len(names)}, lines {lines:,}")
    sizes = sorted((lines, name) for name, lines in house.lines.items())
    small = [(lines, name) for lines, name in sizes if lines < SMALL]
    large = [(lines, name) for lines, name in sizes if lines > LARGE]
    own = sum(name in house.packages for _, name in small)
    for what, chosen in (
        (f"under {SMALL} lines: {len(small)} ({own} of them __init__ files)", small),
        (f"over {LARGE} lines: {len(large)}", large),
    ):
        listed = ", ".join(f"{name} {lines}" for lines, name in chosen)
        print(f"files {what}\n  {listed or 'none'}")
    for page, name in house.pages().items():
        print(f"page {page} imports {len(house.reached(name))}")
    for package in PACKAGES:
        rooms = house.rooms(package)
        print(f"arrows inside {package}/: {rooms.number_of_edges()} among {len(rooms)} rooms")
        for when, drawn in (
            ("circles", rooms),
            ("circles when imported", house.rooms(package, everywhere=False)),
        ):
            circles = [sorted(c) for c in nx.strongly_connected_components(drawn) if len(c) > 1]
            print(f"  {when}: {'; '.join(' – '.join(c) for c in sorted(circles)) or 'none'}")
    if not said.static:
        every = loaded(said.workspace)
        counted = [name for name in every if not KEEPS & set(name.split("."))]
        kept = len(every) - len(counted)
        print(f"joinedup ask imports {len(counted)}, and {kept} that keep a database of one's own")


if __name__ == "__main__":
    main()
