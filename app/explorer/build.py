"""Builds the library that the explorer ships with: `python -m app.explorer.build`.

Fetches the packages named below from npm, at exactly these versions, joins them into one script
and writes the licence of every package that is in it. Needs node and npm, and the network; the
result is kept in the repository, so nobody else does.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

VENDOR = Path(__file__).parent / "vendor"
PACKAGES = {
    "cytoscape": "3.33.1",
    "cytoscape-fcose": "2.2.0",
    "cose-base": "2.2.0",
    "layout-base": "2.0.1",
    "graphology-layout-forceatlas2": "0.10.1",
}
"""what is in the library; a package that is not named here stops the build"""
ESBUILD = "0.25.10"
ENTRY = """
import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";
import forces from "graphology-layout-forceatlas2/iterate.js";
cytoscape.use(fcose);
export { cytoscape, forces };
"""
NAME = "joinedupLibrary"
_INSIDE = re.compile(r"node_modules/((?:@[^/]+/)?[^/]+)/")


def build(vendor: Path = VENDOR) -> None:
    """Write cytoscape.js and LICENSES.txt into `vendor`. Raises SystemExit with what was wrong."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm was not found: install Node.js to build the explorer's library")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        about = {"private": True, "overrides": PACKAGES}
        (folder / "package.json").write_text(json.dumps(about), "utf-8")
        (folder / "entry.js").write_text(ENTRY, "utf-8")
        wanted = [f"{package}@{version}" for package, version in PACKAGES.items()]
        quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
        _run([npm, "install", "--save-exact", *quiet, *wanted, f"esbuild@{ESBUILD}"], folder)
        binary = folder / "node_modules" / ".bin" / "esbuild"
        options = ["--bundle", "--minify", "--format=iife", f"--global-name={NAME}"]
        options += ["--legal-comments=none", "--log-level=warning", "--charset=utf8"]
        options.append("--metafile=meta.json")
        _run([str(binary), "entry.js", *options, "--outfile=library.js"], folder)
        meta = json.loads((folder / "meta.json").read_text("utf-8"))
        inside = packages_in(meta)
        if inside != set(PACKAGES):
            sys.exit(f"the library holds {sorted(inside)}, and {sorted(PACKAGES)} are named")
        vendor.mkdir(exist_ok=True)
        versions = ", ".join(f"{package} {PACKAGES[package]}" for package in sorted(inside))
        code = (folder / "library.js").read_text("utf-8").strip()
        text = f"/* {versions}: see LICENSES.txt. Built by app/explorer/build.py. */\n{code}\n"
        (vendor / "cytoscape.js").write_text(text, "utf-8")
        (vendor / "LICENSES.txt").write_text(licences(folder / "node_modules"), "utf-8")


def packages_in(meta: dict[str, Any]) -> set[str]:
    """The packages whose files esbuild put into the library, by its own account."""
    matches = (_INSIDE.search(path) for path in meta["inputs"])
    return {match.group(1) for match in matches if match}


def licences(modules: Path) -> str:
    """The licence texts of all packages. Raises SystemExit unless every one of them is MIT."""
    parts = []
    for package in sorted(PACKAGES):
        about = json.loads((modules / package / "package.json").read_text("utf-8"))
        if (about["version"], about["license"]) != (PACKAGES[package], "MIT"):
            sys.exit(f"{package}: got {about['version']} under {about['license']}")
        texts = sorted((modules / package).glob("LICENSE*"))
        if not texts:
            sys.exit(f"{package}: no licence text came with it")
        text = texts[0].read_text("utf-8").strip()
        parts.append(f"{package} {about['version']}\n\n{text}\n")
    return ("\n" + "-" * 78 + "\n\n").join(parts)


def _run(command: list[str], folder: Path) -> None:
    if subprocess.run(command, cwd=folder, check=False).returncode:
        sys.exit(f"{Path(command[0]).name} failed: {' '.join(command[1:3])}")


if __name__ == "__main__":
    build()
