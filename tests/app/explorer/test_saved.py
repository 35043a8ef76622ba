"""The page among the formats: read back by a parser of HTML that is not ours."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from app.explorer import saved
from app.explorer.data import Drawn
from app.explorer.state import ViewState
from app.take_away import FORMATS, format_of
from app.text.escape import clean
from graph.errors import ExportError
from graph.read.subgraph import Filters
from tests.graph.export.test_every_format import SHAPES, hostile
from tests.graph.read.test_project import Stored
from tests.graph.small import node, small


class Rows(HTMLParser):
    """The cells of a page's table."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: list[str] = []
        self._cell = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)
        self._cell = tag in ("td", "th")
        if tag == "tr":
            self.rows.append([])
        if self._cell:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._cell = False

    def handle_data(self, data: str) -> None:
        if self._cell:
            self.rows[-1][-1] += data


def read(path: Path) -> Rows:
    parser = Rows()
    parser.feed(path.read_text("utf-8"))
    return parser


@pytest.mark.parametrize("name", ["hostile", *SHAPES])
def test_every_link_is_in_the_page_with_its_evidence(name: str, tmp_path: Path) -> None:
    graph = hostile() if name == "hostile" else SHAPES[name]
    written = FORMATS["html"].write(graph, tmp_path / "page.html")
    found = read(tmp_path / "page.html")
    assert (written.nodes, written.links) == (len(graph), len(graph.edges))
    titles = {each: said["title"] for each, said in graph.graph.get("documents", {}).items()}
    wanted = sorted(
        (titles.get(said["source"], said["source"]), clean(said["locator"], 1_000))
        for *_, said in graph.edges(data=True)
    )
    rows = [row for row in found.rows if len(row) >= 6][1:]
    whole = [" ".join(row) for row in rows]
    assert len(rows) == len(graph.edges)
    for title, locator in wanted:
        assert any(title in row and locator.split(" ")[0] in row for row in whole)
    assert found.tags.count("script") == read_scripts(tmp_path)


def read_scripts(folder: Path) -> int:
    """How many scripts a page of nothing has: text of documents must not add one."""
    FORMATS["html"].write(SHAPES["empty"], folder / "empty.html")
    return read(folder / "empty.html").tags.count("script")


def test_a_page_holds_only_so_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved, "MOST", 1)
    with pytest.raises(
        ExportError, match="a page shows 1 things at most, and this has more: the browser"
    ):
        FORMATS["html"].write(small(node("fund/f"), node("fund/g")), tmp_path / "page.html")
    assert list(tmp_path.iterdir()) == []


def test_of_a_store_too_large_for_a_page_no_more_is_read_than_shows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved, "MOST", 1)
    store = Stored([node("org/a"), node("org/b"), node("fund/f")])
    with pytest.raises(ExportError, match="and this has more: the browser"):
        FORMATS["html"].write(store, tmp_path / "page.html")
    assert len(store.asked) == 1


def test_a_format_that_is_none_is_named() -> None:
    assert format_of("html").writer == "app.explorer.saved"
    with pytest.raises(ExportError, match=r"no format 'htm' .* Did you mean html"):
        format_of("htm")


def test_a_view_keeps_its_centre_its_words_and_where_things_stand(tmp_path: Path) -> None:
    graph = small(node("fund/f"), node("fund/g"))
    first, second = sorted(graph)
    state = ViewState(first, pinned=(second,), filters=Filters(types=("Fund",)))
    places = {first: (10.0, -20.5), second: (30.0, 40.0), "fund/gone": (1.0, 1.0)}
    graph.graph["drawn"] = Drawn(state, 3, "By name.", (), places)
    FORMATS["html"].write(graph, tmp_path / "page.html")
    text = (tmp_path / "page.html").read_text("utf-8")
    found = re.search(r'id="data">(.*?)</script>', text, re.DOTALL)
    assert found
    data = json.loads(found[1])
    assert data["start"] == {first: [10.0, -20.5], second: [30.0, 40.0]}
    assert data["state"] == {"id": first, "pin": second, "type": "Fund"}
    assert [thing["id"] for thing in data["things"] if thing.get("centre")] == [first]
    assert data["about"]["title"] == "Around f"
    assert data["about"]["filters"] == "Only funds"
    assert data["about"]["left"] == "3 more things are left out. By name."
