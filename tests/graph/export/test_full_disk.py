"""The disk fills half-way, really: a process that may write files of a few kilobytes only."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from graph.export import FORMATS

LIMIT = 4_096
PROGRAM = f"""
import json, resource, sys
from pathlib import Path
from graph.errors import ExportError
from graph.export import FORMATS
from tests.graph.export.test_every_format import SHAPES

resource.setrlimit(resource.RLIMIT_FSIZE, ({LIMIT}, {LIMIT}))
told = {{}}
for name, one in FORMATS.items():
    folder = Path(sys.argv[1]) / name
    folder.mkdir()
    try:
        one.write(SHAPES["every type"], folder / "graph")
        message = "written"
    except ExportError as error:
        message = str(error)
    told[name] = [message, sorted(each.name for each in folder.iterdir())]
print(json.dumps(told))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_no_half_file_is_left_under_any_name(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)], capture_output=True, text=True, timeout=200
    )
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    small = {name for name, (message, _) in told.items() if message == "written"}
    # Of a bundle and of Popolo's four lists no single file is that large.
    assert small <= {"bundle", "popolo", "neo4j-import"}
    for name in FORMATS.keys() - small:
        full = f"{tmp_path / name / 'graph'}: the disk is full or the quota is used up; free some "
        assert told[name] == [f"{full}space and try again", []]
