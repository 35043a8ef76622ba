"""`joinedup export` on the sample: the whole, what an answer speaks of, what a saved view shows."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.take_away.selection import of_answer
from graph.database.store import Store
from graph.read.project import project
from queries.ask import ask
from tests.command_line import Capture, out_of, said
from tests.graph.export.readers import node_link

pytestmark = pytest.mark.usefixtures("here", "untouched")

DRUGS = "uk/target/action-against-illegal-drugs/1"
TODAY = datetime.now(UTC).date().isoformat()


@pytest.fixture(autouse=True)
def in_a_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_whole_graph_is_named_after_the_day_in_this_folder(
    untouched: Store, capsys: Capture, tmp_path: Path
) -> None:
    graph = project(untouched)
    printed = out_of(capsys, "export", "--format", "node-link")
    name = f"joinedup-graph-{TODAY}.json"
    assert printed == f"{name}: {len(graph):,} things and {len(graph.edges):,} links\n"
    found = node_link(tmp_path / name)
    assert (set(found.nodes), set(found.links)) == (set(graph), set(graph.edges(keys=True)))
    code, out, err = said(capsys, "export", "--format", "node-link")
    assert (code, out) == (1, "")
    assert err == (
        f"joinedup: {name} exists: choose another name, or ask for it to be overwritten "
        "(--overwrite)\n"
    )


def test_what_an_answer_speaks_of(untouched: Store, capsys: Capture, tmp_path: Path) -> None:
    out_of(
        *(capsys, "export", "--format", "node-link", "--to", str(tmp_path)),
        *("--question", "responsibility.joint", "--target", "Action Against Illegal Drugs 1"),
    )
    about = "responsibility-joint-action-against-illegal-drugs-1"
    found = node_link(tmp_path / f"{about}-{TODAY}.json")
    whole = project(untouched)
    holders = {start for start, _, said in whole.in_edges(DRUGS, data=True) if "role" in said}
    assert set(found.nodes) == {DRUGS, *holders}
    assert set(found.links) == {
        place
        for place in whole.edges(keys=True)
        if place[1] == DRUGS and whole.edges[place]["type"] == "RESPONSIBLE_FOR"
    }
    assert all(values["locator"] and values["document"] for values in found.links.values())


def test_an_answer_of_many_rows_goes_out_whole(untouched: Store) -> None:
    answer = ask(untouched, "conclusions.no-owner")
    part = of_answer(untouched, untouched, answer)
    names = {str(row.values["conclusion"]) for row in answer.rows}
    shown = {str(said["name"]) for _, said in part.nodes(data=True)}
    assert len(answer.rows) > 40
    assert names <= shown


def test_an_answer_without_rows_is_refused(
    untouched: Store, capsys: Capture, tmp_path: Path
) -> None:
    words = ("--question", "conclusions.due-before", "--before", "1900")
    code, out, err = said(capsys, "export", "--format", "dot", *words)
    assert (code, out) == (1, "")
    assert "names nothing that is in the graph, so there is nothing to export" in err
    assert [each.name for each in tmp_path.iterdir() if each.suffix == ".gv"] == []


def view(page: str, **query: str) -> str:
    said = {"format": "joinedup-view", "version": 1, "name": "Who leads on drugs", "page": page}
    return json.dumps({**said, "query": query, "positions": {}, "saved": "2026-11-22", "by": None})


def test_what_a_saved_view_shows(untouched: Store, capsys: Capture, tmp_path: Path) -> None:
    whole = project(untouched)
    near = {DRUGS, *whole.predecessors(DRUGS), *whole.successors(DRUGS)}
    for page, query in (
        ("explore", {"id": DRUGS}),
        ("thing", {"id": DRUGS}),
        ("ask", {"q": "responsibility.joint", "target": DRUGS}),
    ):
        file = tmp_path / "view.json"
        file.write_text(view(page, **query))
        out_of(
            *(capsys, "export", "--format", "node-link", "--to", str(tmp_path)),
            *("--view", str(file), "--overwrite"),
        )
        found = node_link(tmp_path / f"who-leads-on-drugs-{TODAY}.json")
        assert DRUGS in found.nodes
        assert set(found.nodes) <= near if page == "ask" else set(found.nodes) == near


def test_a_view_that_shows_no_part_is_refused(capsys: Capture, tmp_path: Path) -> None:
    file = tmp_path / "view.json"
    for page, query, words in (
        ("gaps", {}, "shows numbers or a list and no part of the graph"),
        ("explore", {"id": "uk/org/nowhere"}, "names nothing that is in the graph"),
    ):
        file.write_text(view(page, **query))
        code, out, err = said(capsys, "export", "--format", "gexf", "--view", str(file))
        assert (code, out) == (1, "")
        assert words in err


def test_a_page_is_headed_by_what_it_was_made_of(
    untouched: Store, capsys: Capture, tmp_path: Path
) -> None:
    file = tmp_path / "view.json"
    file.write_text(view("ask", q="responsibility.joint", target=DRUGS))
    due = ("--question", "conclusions.due-before", "--before", "2002")
    headings = []
    for words in ((), due, ("--view", str(file))):
        out_of(capsys, "export", "--format", "html", "--to", "page.html", "--overwrite", *words)
        found = re.search("<title>(.*)</title>", Path("page.html").read_text("utf-8"))
        headings.append(found and found[1])
    assert headings == [
        "The whole graph",
        "Which conclusions fall due before this date? (before: 2002)",
        "Who leads on drugs",
    ]
    joint = ask(untouched, "responsibility.joint", {"target": DRUGS})
    question = joint.question.question
    assert (
        of_answer(untouched, untouched, joint).graph["title"]
        == f"{question} (Action Against Illegal Drugs 1)"
    )
