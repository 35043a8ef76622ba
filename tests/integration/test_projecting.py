"""The whole graph into memory: how far it is, and calling it off."""

import pytest

from graph.errors import Cancelled
from graph.project import project
from graph.store import Store
from graph.watched import size
from tests.told import Told

pytestmark = [pytest.mark.integration]


def test_every_record_is_told_of_and_how_many_there_are_is_known_before(sample: Store) -> None:
    told = Told()
    project(sample, progress=told)
    whole = size(sample)
    runs = sample.read("MATCH (n:LoadRun) RETURN count(n) AS n")[0]["n"]
    assert told.tasks == [("reading the graph", whole)]
    assert sum(told.steps) == whole - runs
    assert told.finished == 1


def test_of_a_part_the_size_is_not_known_before(sample: Store) -> None:
    told = Told()
    graph = project(sample, types=frozenset({"Organisation", "PART_OF"}), progress=told)
    assert told.tasks == [("reading the graph", None)]
    assert sum(told.steps) >= len(graph) + len(graph.edges)


def test_reading_can_be_called_off(sample: Store) -> None:
    with pytest.raises(Cancelled):
        project(sample, progress=Told(enough=100))
