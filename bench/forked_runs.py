"""Many runs of `joinedup`, each in a forked process, so that imports are paid for once.

A program of the interpreter that the command belongs to: it imports what the command does, and for
each line of words (JSON) it forks, so that a run finds nothing that another left behind. It takes
the command from the installed distribution and knows no module of it.
"""

import gc
import importlib
import json
import os
import sys
from contextlib import suppress
from importlib.metadata import entry_points


def main() -> None:
    """Run what the lines on standard input say, one after the other; answer each with a line."""
    (script,) = entry_points(group="console_scripts", name="joinedup")
    command = script.load()
    for line in sys.stdin:
        said = json.loads(line)
        gc.collect()
        gc.freeze()
        child = os.fork()
        if not child:
            _run(command, said)
        _, status = os.waitpid(child, 0)
        print(json.dumps(os.waitstatus_to_exitcode(status)), flush=True)
        for name in _taken(said["modules"]):
            with suppress(Exception):
                importlib.import_module(name)


def _taken(path: str) -> list[str]:
    """The modules that a run took and that are not here yet."""
    try:
        with open(path, encoding="utf-8") as file:
            return sorted(set(json.load(file)) - set(sys.modules))
    except (OSError, ValueError):  # it came to an end before it could say
        return []


def _run(command: object, said: dict[str, str]) -> None:
    """In the child: run, and say which modules it took. Does not return."""
    assert callable(command)
    code = 70
    try:
        for number, name in enumerate(("input", "out", "errors")):
            where = os.devnull if name == "input" else said[name]
            made = os.open(where, os.O_RDWR | os.O_CREAT | os.O_TRUNC)
            os.dup2(made, number)
        sys.argv = ["joinedup", *said["words"]]
        try:
            command()
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        with open(said["modules"], "w", encoding="utf-8") as file:
            json.dump([name for name in sys.modules if not name.startswith("__")], file)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
