import random
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from graph.bundle.values import relationship_key, values_of
from graph.errors import VocabularyError
from graph.read.project import from_records, project
from graph.read.rows import Streams, read_links, read_nodes
from graph.schema.model import Record, Relationship
from graph.schema.nodes import Conclusion, Document, Organisation
from graph.schema.relationships import MadeIn, ResponsibleFor
from tests.graph.small import PLAN, REVIEW, answers, at, node, records, small

HOME, TARGET = "uk/org/home-office", "uk/target/drugs/1"


def key_of(record: Relationship) -> str:
    return relationship_key(type(record), values_of(record))


def test_nodes_and_links_carry_labels_names_properties_and_provenance() -> None:
    lead = ResponsibleFor(
        from_id=HOME,
        to_id=TARGET,
        role="lead",
        provenance=at("3.1", observed="2001", quote="leads"),
    )
    graph = from_records(
        [
            lead,
            node("target/drugs/1", number="1", due="2004-03"),
            Organisation(
                id=HOME,
                labels=("Unit", "Department"),
                name="Home Office",
                aliases=("HO",),
                provenance=at("2", basis="inferred", confidence=0.9),
            ),
            Document(id=PLAN, title="The plan", licence="OGL", provenance=at("cover")),
        ]
    )
    everywhere = {"source": PLAN, "judgement": "unreviewed"}
    stated = {"basis": "stated", "confidence": 1.0, **everywhere}
    assert {node_id: graph.nodes[node_id] for node_id in graph} == {
        PLAN: {
            "label": "Document",
            "labels": ("Document",),
            "name": "The plan",
            "title": "The plan",
            "licence": "OGL",
            "locator": "cover",
            "sources": (PLAN,),
            **stated,
        },
        HOME: {
            "label": "Organisation",
            "labels": ("Organisation", "Department", "Unit"),
            "name": "Home Office",
            "aliases": ("HO",),
            "locator": "2",
            "sources": (PLAN,),
            "basis": "inferred",
            "confidence": 0.9,
            **everywhere,
        },
        TARGET: {
            "label": "Target",
            "labels": ("Target",),
            "name": "drugs/1",
            "number": "1",
            "due": "2004-03",
            "locator": "1",
            "sources": (PLAN,),
            **stated,
        },
    }
    assert list(graph.edges(keys=True, data=True)) == [
        (
            HOME,
            TARGET,
            key_of(lead),
            {
                "type": "RESPONSIBLE_FOR",
                "role": "lead",
                "locator": "3.1",
                "observed": "2001",
                "quote": "leads",
                **stated,
            },
        )
    ]
    assert list(graph.graph["documents"]) == [PLAN]


def test_a_passage_is_named_by_its_locator_and_a_nameless_thing_by_its_id() -> None:
    graph = from_records([node("passage/plan/1", where=at("3.24.1"))])
    assert graph.nodes["uk/passage/plan/1"]["name"] == "3.24.1"


def test_no_records_make_no_graph() -> None:
    graph = from_records([])
    assert (list(graph), graph.graph) == ([], {"documents": {}})


def test_two_sources_that_say_the_same_are_two_parallel_links() -> None:
    graph = small(
        answers("post/a", "target/t/1"), answers("post/a", "target/t/1", where=at("9", REVIEW))
    )
    assert [data["source"] for *_, data in graph.edges(data=True)] == [PLAN, REVIEW]


def test_records_of_one_node_are_merged_whatever_their_order() -> None:
    said: list[Record] = [
        node("org/a", "Unit", name="A", where=at("1", REVIEW, confidence=0.5), start="1999"),
        node("org/a", "Agency", name="Body A", where=at("2", PLAN)),
    ]
    merged = {
        "label": "Organisation",
        "labels": ("Organisation", "Agency", "Unit"),
        "name": "Body A",
        "aliases": ("A",),
        "start": "1999",
        "source": PLAN,
        "locator": "2",
        "basis": "stated",
        "confidence": 1.0,
        "judgement": "unreviewed",
        "sources": (PLAN, REVIEW),
    }
    assert from_records(said).nodes["uk/org/a"] == merged
    assert from_records(reversed(said)).nodes["uk/org/a"] == merged


def test_rejected_facts_stay_out_with_what_ends_there() -> None:
    no = at("1", judgement="rejected")
    said = records(
        node("post/b", where=no),
        answers("post/a", "target/t/1", "lead", no),
        answers("post/b", "target/t/1"),
        answers("post/a", "target/t/2"),
    )
    kept = from_records(said)
    assert sorted(kept) == ["uk/post/a", "uk/target/t/1", "uk/target/t/2"]
    assert [(a, b) for a, b in kept.edges()] == [("uk/post/a", "uk/target/t/2")]


def test_a_link_to_nowhere_is_refused() -> None:
    said: list[Record] = [node("post/a"), answers("post/a", "target/t/1")]
    with pytest.raises(VocabularyError) as refused:
        from_records(said)
    assert str(refused.value) == (
        "RESPONSIBLE_FOR uk/post/a → uk/target/t/1: no record states 'uk/target/t/1'; add it"
    )


class Stored:
    """Answers reading queries as a store would, from records; it holds no rejected ones."""

    def __init__(self, said: list[Record]) -> None:
        self.said = [record for record in said if record.provenance.judgement != "rejected"]
        self.asked: list[str] = []

    def stream(self, cypher: str, parameters: Mapping[str, Any], /) -> Iterator[dict[str, Any]]:
        self.asked.append(cypher)
        if "together" not in parameters:
            return  # asks for something else than nodes or links
        rows = list(self._rows(cypher))
        for first in range(0, len(rows), parameters["together"]):
            yield {"rows": rows[first : first + parameters["together"]]}

    def _rows(self, cypher: str) -> Iterator[list[Any]]:
        for record in self.said:
            values = {k: v for k, v in values_of(record).items() if v is not None and v != ()}
            stored = {k: list(v) if isinstance(v, tuple) else v for k, v in values.items()}
            stored |= {"fingerprint": 7, "run": "run/1"}
            if isinstance(record, Relationship):
                if f"[r:{record.TYPE}]" in cypher:
                    del stored["from_id"], stored["to_id"]
                    yield [record.from_id, record.to_id, {**stored, "key": key_of(record)}]
            elif f"(n:{record.LABEL})" in cypher:
                second = [*record.labels]
                stored.pop("labels", None)
                stored["sources"] = [record.provenance.source]
                yield [[*second, record.LABEL], stored]


NAMED: list[Record] = records(
    node("document/plan", licence="OGL"),
    node("org/a", "Department", aliases=("A", "The A")),
    node("post/gone", where=at(judgement="rejected")),
    answers("org/a", "target/t/1", "lead"),
    answers("org/a", "target/t/1", "lead", at("4.2", REVIEW)),
    answers("post/gone", "target/t/1"),
    answers("org/a", "target/t/2", where=at(judgement="rejected")),
    MadeIn(from_id="uk/conclusion/c/1", to_id=PLAN, provenance=at("5")),
)


def same(one: Any, other: Any) -> bool:
    return bool(
        {each: one.nodes[each] for each in one} == {each: other.nodes[each] for each in other}
        and sorted(one.edges(keys=True), key=str) == sorted(other.edges(keys=True), key=str)
        and all(one.edges[place] == other.edges[place] for place in one.edges(keys=True))
        and one.graph == other.graph
    )


def test_a_store_and_its_records_make_the_same_graph() -> None:
    store = Stored(NAMED)
    assert isinstance(store, Streams)
    assert same(project(store), from_records(NAMED))


def test_the_order_of_the_rows_does_not_matter() -> None:
    mixed = random.Random(4).sample(NAMED, len(NAMED))  # noqa: S311
    assert same(project(Stored(mixed)), from_records(NAMED))


def test_what_the_store_keeps_for_itself_stays_there() -> None:
    graph = project(Stored(NAMED))
    carried = {name for *_, values in graph.edges(data=True) for name in values}
    carried |= {name for _, values in graph.nodes(data=True) for name in values}
    assert carried & {"fingerprint", "records", "run"} == set()


def test_types_restrict_labels_and_links_apart_and_documents_stay_known() -> None:
    store = Stored(NAMED)
    graph = project(store, types=frozenset({"Organisation", "Target", "RESPONSIBLE_FOR"}))
    assert sorted(graph) == ["uk/org/a", "uk/target/t/1", "uk/target/t/2"]
    assert {data["type"] for *_, data in graph.edges(data=True)} == {"RESPONSIBLE_FOR"}
    assert list(graph.graph["documents"]) == [PLAN]
    assert len(store.asked) == 4  # two labels, one type, the documents
    only = project(store, types=frozenset({"MADE_IN"}))
    assert [(a, b) for a, b in only.edges()] == [("uk/conclusion/c/1", PLAN)]
    assert "uk/org/a" in only


def test_a_type_outside_the_vocabulary_is_refused() -> None:
    with pytest.raises(VocabularyError, match="no type is called Ministry, OWNS"):
        project(Stored(NAMED), types=frozenset({"Ministry", "OWNS", "Post"}))


def test_rows_stream_in_the_same_shape() -> None:
    graph = from_records(NAMED)
    assert dict(read_nodes(Stored(NAMED))) == {each: graph.nodes[each] for each in graph}
    stored = {(a, b, key): values for a, b, key, values in read_links(Stored(NAMED))}
    assert {p: v for p, v in stored.items() if p[0] in graph and p[1] in graph} == {
        place: graph.edges[place] for place in graph.edges(keys=True)
    }


def test_conclusions_keep_numbers_and_flags_as_they_are() -> None:
    said = Conclusion(
        id="uk/conclusion/c/1", name="C 1", number=1, ongoing=False, provenance=at("1")
    )
    values = from_records([said]).nodes["uk/conclusion/c/1"]
    assert (values["number"], values["ongoing"]) == (1, False)
