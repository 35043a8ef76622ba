""".ci/run: passes on the outcome of the tests, ends with pytest's line, leaves nothing running."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.project_files import ROOT

SUMMARY = "===== 3 passed in 1.00s ====="

# What stands in for make: `make test` starts a server in a session of its own and prints what
# pytest and make print at the end.
FAKE_MAKE = """#!/bin/bash
echo "$1 $JOINEDUP_REQUIRE" >> "$LOG"
if [ "$1" = test ]; then
  setsid sleep 300 >/dev/null 2>&1 &
  echo $! > "$LOG.pid"
  echo "$SUMMARY"
  if [ "$OUTCOME" != 0 ]; then echo "make: *** [Makefile:1: test] Error 1" >&2; fi
  exit "$OUTCOME"
fi
"""


def runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="build machines run Linux")
@pytest.mark.parametrize("outcome", [0, 2])
def test_a_run_of_the_build_machine(tmp_path: Path, outcome: int) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    quiet = dict.fromkeys(("chromium", "dot", "node"), "#!/bin/sh\n")
    npm = '#!/bin/sh\necho "npm $1 $JOINEDUP_NODE_MODULES" >> "$LOG"; echo loud\n'
    for name, text in {"make": FAKE_MAKE, "npm": npm, **quiet}.items():
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci" / "run")
    log = tmp_path / "log"
    done = subprocess.run(
        [tmp_path / ".ci" / "run"],
        env={
            **os.environ,
            "PATH": f"{programs}:{os.environ['PATH']}",
            "LOG": str(log),
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
            "SUMMARY": SUMMARY,
            "OUTCOME": str(outcome),
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.stdout, done.returncode) == (f"{SUMMARY}\n", outcome)
    assert log.read_text().splitlines() == [
        f"npm install {tmp_path}/cache/joinedup-build/readers/node_modules",
        "setup database,browser,node,dot",
        "lint database,browser,node,dot",
        "test database,browser,node,dot",
    ]
    assert not runs(int((tmp_path / "log.pid").read_text()))
