"""`joinedup ask` step by step, each timed, in a fresh process; prints JSON."""

from __future__ import annotations

import contextlib
import io
import json
import sys
import time


def main() -> None:
    """Ask what the command line names: WORKSPACE QUESTION --name value …"""
    taken: dict[str, float] = {}
    last = time.perf_counter()

    def step(name: str) -> None:
        nonlocal last
        now = time.perf_counter()
        taken[name] = now - last
        last = now

    import app.cli
    from app.commands.ask import parameters
    from app.settings import settings
    from app.text.answer_sheet import answer_sheet
    from app.text.sheet import show
    from graph import server
    from graph.database.store import Store
    from queries.ask import ask
    from queries.catalogue import question

    assert app.cli.COMMANDS
    step("imports")
    where = server.ensure(settings(sys.argv[1], environment={}).workspace)
    step("server")
    with Store(where) as store:
        store.verify()
        step("connection")
        answer = ask(store, question(sys.argv[2]), parameters(sys.argv[3:]))
        step("answer")
        with contextlib.redirect_stdout(io.StringIO()):
            show(answer_sheet(answer), "table")
        step("printing")
    json.dump(taken, sys.stdout)


if __name__ == "__main__":
    main()
