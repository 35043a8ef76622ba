"""The whole graph into memory: how far it is, and calling it off."""

import pytest

from graph.database.store import Store
from graph.errors import Cancelled
from graph.read.project import project
from graph.read.rows import size
from tests.told import Told

pytestmark = [pytest.mark.integration]


def test_every_record_is_told_of_and_how_many_there_are_is_known_before(sample: Store) -> None:
    told = Told()
    project(sample, progress=told)
    (whole,) = sample.read(
        "MATCH (n) WHERE n.source IS NOT NULL WITH count(n) AS things "
        "MATCH ()-[r]->() WITH things, count(r) AS links RETURN things + links AS n"
    )
    assert told.tasks == [("reading the graph", whole["n"])]
    assert sum(told.steps) == whole["n"] == size(sample)
    assert told.finished == 1


def test_of_a_part_no_more_is_expected_than_is_read(sample: Store) -> None:
    told = Told()
    part = frozenset({"Document", "Organisation", "PART_OF"})
    graph = project(sample, types=part, progress=told)
    assert told.tasks == [("reading the graph", sum(told.steps))]
    assert len(graph) + len(graph.edges) <= sum(told.steps) < size(sample)


def test_reading_can_be_called_off(sample: Store) -> None:
    with pytest.raises(Cancelled):
        project(sample, progress=Told(enough=100))
