"""Loading with cached ledgers leaves the same graph as loading without them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from graph.database.store import Store
from graph.load import runs
from graph.load.load import load_bundle
from graph.schema.model import Record
from graph.schema.nodes import Document, Organisation
from graph.schema.relationships import PartOf
from tests.integration.dumps import counts, dump, written
from tests.integration.test_load import PLAN, REVIEW, at, document


def body(name: str, source: str = PLAN, said: str = "") -> Organisation:
    return Organisation(id=f"uk/org/{name}", name=f"Body {name}{said}", provenance=at(source))


def part(name: str, whole: str, source: str = PLAN) -> PartOf:
    return PartOf(from_id=f"uk/org/{name}", to_id=f"uk/org/{whole}", provenance=at(source, name))


def version(number: int, source: str = PLAN) -> list[Record]:
    """One of many states of a document: bodies come, change and go, and so do links."""
    names = [name for place, name in enumerate("abcdefgh") if (number * 37 + 11) >> place & 1]
    made: list[Record] = [document(source)]
    made += [body(name, source, " changed" * (number % 2)) for name in names]
    made += [part(a, b, source) for a, b in pairwise(names) if (ord(a) + number) % 3]
    return made


def asked_of_the_graph(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Notes each time the graph is asked what it holds of a document."""
    noted: list[str] = []
    real = runs.stored

    def stored(store: Store, sources: list[str], total: int) -> object:
        noted.extend(sources)
        return real(store, sources, total)

    monkeypatch.setattr("graph.load.load.stored", stored)
    return noted


def test_many_versions_in_turn(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = asked_of_the_graph(monkeypatch)
    ledgers = tmp_path / "ledgers"
    for number in range(4):
        report = load_bundle(
            store, written(tmp_path / f"{number}", version(number)), ledgers=ledgers
        )
        with_ledger, found = dump(store), counts(report)
        store.write("MATCH (n) DETACH DELETE n")
        for before in range(number + 1):
            report = load_bundle(store, written(tmp_path / f"{number}-{before}", version(before)))
        assert dump(store) == with_ledger
        assert counts(report) == found
        # What comes next is another load's doing: the ledger is no word on it.
        load_bundle(store, tmp_path / f"{number}", force=True, ledgers=ledgers)
        asked.clear()
        same = written(tmp_path / f"{number}-same", [*version(number), body("z")])
        load_bundle(store, same, ledgers=ledgers)
        assert asked == []
        load_bundle(store, tmp_path / f"{number}", ledgers=ledgers)
        assert dump(store) == with_ledger


def test_a_load_from_elsewhere_in_between_is_noticed(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = asked_of_the_graph(monkeypatch)
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    load_bundle(store, written(tmp_path / "1", version(1)), ledgers=mine)
    load_bundle(store, written(tmp_path / "2", version(2)), ledgers=theirs)
    load_bundle(store, written(tmp_path / "3", version(3)), ledgers=mine)
    assert asked == [PLAN, PLAN]
    with_ledgers = dump(store)
    store.write("MATCH (n) DETACH DELETE n")
    load_bundle(store, tmp_path / "3")
    assert dump(store) == with_ledgers


def test_what_another_document_holds_on_to_is_taken_out_later(store: Store, tmp_path: Path) -> None:
    ledgers = tmp_path / "ledgers"
    plan = [document(), body("a"), body("b")]
    load_bundle(store, written(tmp_path / "1", plan), ledgers=ledgers)
    review: list[Record] = [
        Document(id=REVIEW, title="review", provenance=at(REVIEW)),
        body("b", REVIEW),
        body("c", REVIEW),
        part("c", "b", REVIEW),
    ]
    load_bundle(store, written(tmp_path / "review", review, "A review"), ledgers=ledgers)
    load_bundle(store, written(tmp_path / "2", plan[:2]), ledgers=ledgers)
    load_bundle(store, written(tmp_path / "r", review[:1], "A review"), ledgers=ledgers)
    load_bundle(store, written(tmp_path / "3", [plan[0]]), ledgers=ledgers)
    assert [row[0] for row in dump(store)[0]] == ["Document", "Document"]


def test_rows_taken_out_by_hand_come_back_with_force(store: Store, tmp_path: Path) -> None:
    ledgers = tmp_path / "ledgers"
    folder = written(tmp_path / "1", version(1))
    load_bundle(store, folder, ledgers=ledgers)
    before = dump(store)
    store.write("MATCH (n:Organisation) WITH n LIMIT 2 DETACH DELETE n")
    load_bundle(store, folder, ledgers=ledgers, force=True)
    assert dump(store) == before
