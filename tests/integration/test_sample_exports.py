"""The sample out of the real database in every format, each read back by its reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.database.store import Store
from graph.export import FORMATS
from graph.read.project import Graph, project
from tests.graph.export.readers import MARKS, READERS
from tests.graph.export.test_every_format import compare

pytestmark = pytest.mark.slow

# A bundle of the sample has its round trip elsewhere; Popolo keeps one parent of several.
FORMS = [pytest.param(n, marks=MARKS.get(n, ())) for n in READERS if n not in ("bundle", "popolo")]


@pytest.fixture(scope="module")
def graph(untouched: Store) -> Graph:
    return project(untouched)


@pytest.mark.parametrize("form", FORMS)
def test_the_sample_comes_back(form: str, untouched: Store, graph: Graph, tmp_path: Path) -> None:
    written = FORMATS[form].write(untouched, tmp_path / "sample")
    found = READERS[form](tmp_path / "sample")
    compare(form, graph, found)
    assert (written.nodes, written.links) == (len(graph), len(graph.edges))


def test_popolo_has_every_person_post_body_and_seat_of_the_sample(
    untouched: Store, graph: Graph, tmp_path: Path
) -> None:
    FORMATS["popolo"].write(untouched, tmp_path / "sample")
    found = READERS["popolo"](tmp_path / "sample")
    labels = ("Person", "Post", "Organisation")
    assert set(found.nodes) == {n for n, said in graph.nodes(data=True) if said["label"] in labels}
    seats = {
        place
        for place in graph.edges(keys=True)
        if graph.edges[place]["type"] in ("HOLDS", "MEMBER_OF")
    }
    assert {place for place in found.links if place[2]} == seats
    belonging = {
        (start, end)
        for start, end, said in graph.edges(data=True)
        if said["type"] in ("PART_OF", "POST_IN")
    }
    kept = {(start, end) for start, end, key in found.links if not key}
    assert kept <= belonging
    assert {start for start, _ in kept} == {start for start, _ in belonging}
