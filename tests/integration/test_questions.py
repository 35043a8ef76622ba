"""Every question on a real Neo4j: exact rows on small named graphs, and on the sample."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from graph.database.store import Store
from graph.errors import NameNotFound, QueryRefused
from graph.load.load import load_bundle
from graph.schema.nodes import Target
from queries.ask import Answer, ask
from queries.catalogue import TOPICS, catalogue
from queries.question import Question
from tests.integration.answers import CASES
from tests.integration.answers.case import Case
from tests.integration.graphs import RESPONSIBILITY, at, load_records, plan, thing
from tests.queries.questions import SOUND

SAMPLE = Path(__file__).parents[2] / "loaders" / "sample"


def rows(answer: Answer) -> list[tuple[Any, ...]]:
    return [
        (*row.values.values(), tuple(piece.locator for piece in row.citations))
        for row in answer.rows
    ]


def test_every_question_has_a_case() -> None:
    assert {case.question for case in CASES} == set(catalogue())


def named(case: Case) -> str:
    return "-".join([case.question, *map(str, case.given.values())])


@pytest.mark.parametrize("case", CASES, ids=named)
def test_answers_exactly(case: Case, store: Store) -> None:
    load_records(store, case.graph)
    answer = ask(store, case.question, case.given)
    assert rows(answer) == case.rows
    assert answer.denominator == case.denominator
    assert all(row.evidence for row in answer.rows)
    assert all(piece.title for row in answer.rows for piece in row.evidence)
    pasted = store.read(answer.question.path.read_text("utf-8"), answer.parameters)
    assert [{c: row[c] for c in answer.question.columns} for row in pasted] == [
        row.values for row in answer.rows
    ]


FACT = """
MATCH (n) WHERE n.id = $key RETURN n.sources AS sources, null AS locator
UNION ALL
MATCH ()-[r {key: $key}]->() RETURN [r.source] AS sources, r.locator AS locator
"""


@pytest.mark.parametrize("case", CASES, ids=named)
def test_each_piece_of_evidence_has_the_key_of_its_fact(case: Case, store: Store) -> None:
    load_records(store, case.graph)
    for row in ask(store, case.question, case.given).rows:
        for piece in row.evidence:
            if case.question == "evidence.counts":
                assert piece.key is None  # a piece stands for all the facts of a document
                continue
            (fact,) = store.read(FACT, {"key": piece.key})
            assert piece.document in fact["sources"]
            assert fact["locator"] in (None, piece.locator)


@pytest.mark.parametrize("topic", TOPICS)
def test_answers_alike_whatever_the_order_of_loading(topic: str, store: Store) -> None:
    cases = [case for case in CASES if case.question.startswith(f"{topic}.")]
    graph, answered = None, []
    for case in cases:
        if case.graph is not graph:
            store.write("MATCH (n) DETACH DELETE n")
            load_records(store, list(reversed(graph := case.graph)))
        answered.append(rows(ask(store, case.question, case.given)))
    assert answered == [case.rows for case in cases]


def example(param_type: str) -> str:
    return {"date": "2001-06-30", "int": "1"}.get(param_type, "")


@pytest.mark.parametrize("question", catalogue().values(), ids=lambda question: question.id)
def test_has_no_rows_in_an_empty_graph(question: Question, store: Store) -> None:
    values: dict[str, str | None] = {param.name: "uk/org/none" for param in question.params}
    for param in question.params:
        if param.type != "id":
            values[param.name] = example(param.type) or str(param.default)
    typed: Mapping[str, Any] = {n: int(v) if v == "1" else v for n, v in values.items()}
    assert store.read(question.cypher, typed) == []
    count = store.read(question.of, typed)
    assert count in ([{"n": 0}], [])


@pytest.mark.parametrize(
    "name", ["Secretary of the Home", "secretary OF the home", "UK/post/Home-Secretary"]
)
def test_a_thing_may_be_given_by_name_alias_or_id(name: str, store: Store) -> None:
    load_records(store, RESPONSIBILITY)
    answer = ask(store, "responsibility.answers-for", {"who": name})
    assert answer.parameters == {"who": "uk/post/home-secretary"}
    assert [row.values["item"] for row in answer.rows] == ["Drugs 1", "Drugs 2"]


def test_a_name_of_something_else_is_not_found(store: Store) -> None:
    load_records(store, RESPONSIBILITY)
    with pytest.raises(NameNotFound, match="Home Office"):
        ask(store, "responsibility.joint", {"target": "Home Office"})


def test_an_own_question_is_asked_like_any_other(store: Store, tmp_path: Path) -> None:
    load_records(store, RESPONSIBILITY)
    evidence = "{document: fact.source, .locator, .basis, .confidence}"
    text = SOUND.replace("{document: fact.source, .locator}", evidence)
    (tmp_path / "targets.cypher").write_text(text)
    answer = ask(store, "mine.targets", {"post": "Home Secretary"}, extra_folder=tmp_path)
    assert rows(answer) == [
        ("Drugs 1", ("Home Secretary lead Drugs 1",)),
        ("Drugs 2", ("Home Secretary lead Drugs 2",)),
    ]
    assert answer.denominator_text == "2 of 3"


@pytest.mark.parametrize(
    "cypher",
    [
        "CREATE (t:Target {id: 'uk/target/x'}) RETURN t.name AS target, [] AS evidence",
        "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row[0] AS target, [] AS evidence",
        "CALL dbms.listConfig() YIELD name RETURN name AS target, [] AS evidence",
    ],
)
def test_the_second_wall_stands_without_the_first(
    cypher: str, store: Store, tmp_path: Path
) -> None:
    (tmp_path / "sound.cypher").write_text(SOUND)
    sound = catalogue(tmp_path)["mine.targets"]
    hostile = Question(**{**vars(sound), "cypher": cypher, "params": ()})
    with pytest.raises(QueryRefused):
        ask(store, hostile)
    assert store.read("MATCH (n) RETURN count(n) AS n") == [{"n": 0}]


def test_places_come_in_the_order_of_their_numbers(store: Store) -> None:
    places = ["1 Introduction", "3.2", "3.9.1", "3.10", "annex, row 2", "Annex, row 10"]
    load_records(store, [plan, *(thing(Target, f"Said at {place}", where=at(place))
                                 for place in reversed(places))])  # fmt: skip
    answer = ask(store, "evidence.from-document", {"document": "The plan", "most": 6})
    assert [row.values["locator"] for row in answer.rows] == places


def test_the_sample_answers_who_is_jointly_responsible(store: Store) -> None:
    for folder in sorted(path.parent for path in SAMPLE.glob("*/source.yaml")):
        load_bundle(store, folder)
    answer = ask(store, "responsibility.joint", {"target": "Action Against Illegal Drugs 1"})
    place = "table after 3.1.5, Action Against Illegal Drugs"
    assert rows(answer) == [
        ("Home Secretary", "lead", None, (place,)),
        ("Secretary of State for Education and Employment", "support", None, (place,)),
        ("Secretary of State for Health", "support", None, (place,)),
    ]
    amounts = ask(store, "funds.conflicting-amounts")
    assert ("Neighbourhood Renewal Fund", 800e6, 900e6) in [
        (row.values["fund"], row.values["lower"], row.values["higher"]) for row in amounts.rows
    ]
    empty = {
        question.id
        for question in catalogue().values()
        if all(not param.required for param in question.params) and not ask(store, question.id).rows
    }
    # The documents of the sample do not contradict each other in this.
    assert empty <= {"evidence.dates-disagree", "responsibility.roles-disagree"}
