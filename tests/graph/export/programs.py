"""Readers of exports that are programs: cytoscape.js and Mermaid under Node.js, Graphviz's dot."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES
from tests.graph.export.reading import Read, said

HERE = Path(__file__).parent
LARGE = 200_000
"""bytes of a DOT file"""


def cytoscape(path: Path) -> Read:
    found = _node(HERE / "read_cytoscape.cjs", _modules("cytoscape") / "cytoscape", path)
    nodes, links = {}, {}
    for values in found["nodes"]:
        node_id, label, colour = values.pop("id"), values.pop("type"), values.pop("colour")
        assert colour == NODE_TYPES[label].COLOUR
        nodes[node_id] = said({**values, "label": label})
    for values in found["edges"]:
        ends = values.pop("source"), values.pop("target"), values.pop("id")
        assert values.pop("interaction") == values["type"]
        links[ends] = said(values)
    return Read(nodes, links)


def dot(path: Path) -> Read:
    program = shutil.which("dot")
    if program is None:
        pytest.skip("Graphviz's dot is not installed")
    # Where a drawing would take minutes, another of its engines reads the same file in seconds.
    engine = "osage" if path.stat().st_size > LARGE else "dot"
    done = subprocess.run(
        [program, f"-K{engine}", "-Tdot_json", path], capture_output=True, text=True, timeout=200
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    objects = found.get("objects", [])
    look = {"_gvid", "name", "label", "shape", "fillcolor", "fontcolor", "fontname", "style"}
    look |= {"penwidth", "dir", "tail", "head"}

    def values(each: dict[str, str]) -> dict[str, str]:
        shown = {n.removeprefix("its_"): v for n, v in each.items() if n not in look and v}
        return {n: v.replace("\\\\", "\\") for n, v in shown.items()}

    nodes, links = {}, {}
    for each in objects:
        own = values(each)
        label = own.pop("type")
        assert each["fillcolor"] == NODE_TYPES[label].COLOUR
        assert each["shape"] == NODE_TYPES[label].SHAPE
        nodes[each["name"].replace("\\\\", "\\")] = said({**own, "label": label})
    ids = {each["_gvid"]: each["name"] for each in objects}
    for each in found.get("edges", []):
        own = values(each)
        key = own.pop("key")
        links[ids[each["tail"]], ids[each["head"]], key] = said(own)
    return Read(nodes, links)


def mermaid(path: Path) -> Read:
    found = _node(HERE / "read_mermaid.mjs", _modules("mermaid", "jsdom"), path)
    lines = [line[3:] for line in path.read_text("utf-8").splitlines() if line.startswith("%% ")]
    comments: list[dict[str, Any]] = [dict(json.loads(line)) for line in lines]
    texts = {each["id"]: _decoded(each["text"]) for each in found["nodes"]}
    ids, nodes, links = {}, {}, {}
    for values in comments:
        if "node" in values:
            name, node_id = values.pop("node"), values.pop("id")
            assert texts.pop(name) == (" ".join(values["name"].split()) or " ")
            ids[name], nodes[node_id] = node_id, said(values)
    assert texts == {}
    drawn = [(each["start"], each["end"], _decoded(each["text"])) for each in found["edges"]]
    for values in comments:
        if "key" in values:
            start, end, key = values.pop("from"), values.pop("to"), values.pop("key")
            words = values.get("role", RELATIONSHIP_TYPES[values["type"]].READS)
            drawn.remove((start, end, words))
            links[ids[start], ids[end], key] = said(values)
    assert drawn == []
    return Read(nodes, links)


def _decoded(text: str) -> str:
    return re.sub("\ufb02°°(\\d+)¶ß", lambda found: chr(int(found.group(1))), text)


def _modules(*wanted: str) -> Path:
    """The folder of Node packages that `.ci/run` installs for these tests."""
    modules = Path(os.environ.get("JOINEDUP_NODE_MODULES") or "no folder")
    if missing := [name for name in wanted if not (modules / name).is_dir()]:
        pytest.skip(f"JOINEDUP_NODE_MODULES names no folder with {', '.join(missing)} in it")
    return modules


def _node(script: Path, *arguments: object) -> Any:
    program = shutil.which("node")
    if program is None:
        pytest.skip("Node.js is not installed")
    done = subprocess.run(
        [program, str(script), *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=200,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
