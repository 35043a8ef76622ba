"""Rejected facts never enter the graph, stay out of it, and are lost nowhere."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.settings import Settings, open_store
from graph.bundle.values import relationship_key, values_of
from graph.database.connection import Connection
from graph.database.store import Store
from graph.errors import BundleError
from graph.export.backup import backup, restore
from graph.load.load import load_bundle
from graph.load.rejected import Decisions
from graph.schema.model import Provenance, Record
from graph.schema.nodes import Document, Organisation
from graph.schema.relationships import PartOf
from tests.conftest import wipe
from tests.integration.dumps import counts, dump, records_in, written

PLAN, REVIEW = "uk/document/plan", "uk/document/review"


def at(source: str = PLAN, locator: str = "1", judgement: Any = "unreviewed") -> Provenance:
    return Provenance(source=source, locator=locator, judgement=judgement)


def document(source: str = PLAN) -> Document:
    return Document(id=source, title=source, provenance=at(source))


def body(name: str, source: str = PLAN, judgement: str = "unreviewed") -> Organisation:
    return Organisation(
        id=f"uk/org/{name}", name=f"Body {name}", provenance=at(source, judgement=judgement)
    )


def part(name: str, whole: str, source: str = PLAN, judgement: str = "unreviewed") -> PartOf:
    where = at(source, f"{name} in {whole}", judgement)
    return PartOf(from_id=f"uk/org/{name}", to_id=f"uk/org/{whole}", provenance=where)


def judged(record: Record, judgement: Any) -> Record:
    return replace(record, provenance=replace(record.provenance, judgement=judgement))


def things(store: Store) -> set[str]:
    """Names of the bodies in the graph, and their links as `a in b`."""
    names = {row["n"][5:] for row in store.read("MATCH (o:Organisation) RETURN o.name AS n")}
    links = store.read("MATCH ()-[r:PART_OF]->() RETURN r.locator AS n")
    return names | {row["n"] for row in links}


def lines(path: Path) -> list[tuple[str, str]]:
    """Decision and id or locator of each line."""
    found = []
    for line in path.read_text().splitlines():
        said = json.loads(line)
        values = said["values"] or {}
        found.append((said["decision"], values.get("id") or values.get("locator") or said["key"]))
    return found


@pytest.fixture
def decisions(tmp_path: Path) -> Path:
    return tmp_path / "workspace" / "rejected.jsonl"


SAID: list[Record] = [
    document(),
    *(body("a"), body("b"), body("c", judgement="rejected")),
    *(part("a", "b", judgement="rejected"), part("b", "a"), part("b", "c")),
]


def test_what_is_rejected_is_left_out_with_what_ends_there(
    store: Store, tmp_path: Path, decisions: Path
) -> None:
    folder = written(tmp_path / "1", SAID)
    report = load_bundle(store, folder, rejections=decisions, by="Ann Archer")
    assert things(store) == {"a", "b", "b in a"}
    assert counts(report) == (7, 4, 0, 0)
    assert (report.rejected, report.end_rejected) == (2, 1)
    assert "7 read, 4 written, 0 unchanged, 0 removed, 2 left out as rejected, 1 left out with" in (
        str(report)
    )
    assert lines(decisions) == [
        ("rejected", "uk/org/c"),
        ("rejected", "a in b"),
        ("left out", "b in c"),
    ]
    first = json.loads(decisions.read_text().splitlines()[0])
    assert (first["who"], first["why"], first["bundle"], first["run"], first["source"]) == (
        "Ann Archer",
        "marked as rejected in the bundle",
        "A plan",
        report.run,
        PLAN,
    )
    before = decisions.read_text()
    for force in (False, True):
        again = load_bundle(store, folder, rejections=decisions, force=force)
        assert (again.rejected, again.end_rejected, again.removed) == (2, 1, 0)
        assert things(store) == {"a", "b", "b in a"}
    assert decisions.read_text() == before


def test_the_same_bundle_is_skipped_while_the_same_decisions_stand(
    store: Store, tmp_path: Path, decisions: Path
) -> None:
    folder = written(tmp_path / "1", [*SAID[:3], *SAID[4:6]])
    load_bundle(store, folder, rejections=decisions)
    again = load_bundle(store, folder, rejections=decisions)
    assert (again.skipped, again.unchanged, again.rejected) == (True, 4, 1)
    decisions.unlink()  # as in another workspace on the same database
    again = load_bundle(store, folder, rejections=decisions)
    assert (again.skipped, again.unchanged, again.rejected) == (False, 4, 1)
    assert lines(decisions) == [("rejected", "a in b")]


def test_without_a_file_the_marks_of_the_bundle_hold(store: Store, tmp_path: Path) -> None:
    folder = written(tmp_path / "1", SAID)
    assert load_bundle(store, folder).rejected == 2
    assert things(store) == {"a", "b", "b in a"}
    decisions = tmp_path / "rejected.jsonl"
    load_bundle(store, folder, rejections=decisions)  # not skipped: they are to be noted
    assert len(lines(decisions)) == 3


@pytest.mark.parametrize("cached", [False, True])
def test_a_reload_never_brings_a_rejected_fact_back(
    store: Store, tmp_path: Path, decisions: Path, cached: bool
) -> None:
    options: dict[str, Any] = {"rejections": decisions}
    if cached:
        options["ledgers"] = tmp_path / "ledgers"
    load_bundle(store, written(tmp_path / "1", SAID), **options)
    unmarked = [judged(record, "unreviewed") for record in SAID]
    folder = written(tmp_path / "2", unmarked)
    for force in (False, True):
        report = load_bundle(store, folder, force=force, **options)
        assert (report.rejected, report.end_rejected) == (2, 1)
        assert things(store) == {"a", "b", "b in a"}
    load_bundle(store, written(tmp_path / "3", SAID[:3]), **options)
    load_bundle(store, written(tmp_path / "4", [*unmarked, body("d")]), **options)
    assert things(store) == {"a", "b", "b in a", "d"}


@pytest.mark.parametrize("cached", [False, True])
def test_only_a_decision_to_accept_lifts_it(
    store: Store, tmp_path: Path, decisions: Path, cached: bool
) -> None:
    options: dict[str, Any] = {"rejections": decisions}
    if cached:
        options["ledgers"] = tmp_path / "ledgers"
    folder = written(tmp_path / "1", SAID)
    load_bundle(store, folder, **options)
    accepted = {"key": "uk/org/c", "source": PLAN, "type": "Organisation", "decision": "accepted"}
    with decisions.open("a") as file:
        file.write(json.dumps(accepted) + "\n")
    report = load_bundle(store, folder, **options)
    assert things(store) == {"a", "b", "c", "b in a", "b in c"}
    assert (report.written, report.rejected, report.end_rejected) == (2, 1, 0)
    judgement = "MATCH (o:Organisation {id: 'uk/org/c'}) RETURN o.judgement AS j"
    assert store.read(judgement)[0]["j"] == "accepted"
    assert load_bundle(store, folder, **options).skipped
    load_bundle(store, folder, force=True, **options)
    assert things(store) == {"a", "b", "c", "b in a", "b in c"}
    assert [key for key, _, _ in Decisions(decisions).left_out()] == [
        relationship_key(PartOf, values_of(SAID[4]))
    ]


@pytest.mark.parametrize("cached", [False, True])
@pytest.mark.parametrize("keep", [False, True])
def test_a_fact_that_is_rejected_later_is_taken_out(
    store: Store, tmp_path: Path, decisions: Path, keep: bool, cached: bool
) -> None:
    options: dict[str, Any] = {"rejections": decisions, "keep": keep}
    if cached:
        options["ledgers"] = tmp_path / "ledgers"
    load_bundle(store, written(tmp_path / "1", [judged(r, "unreviewed") for r in SAID]), **options)
    assert things(store) == {"a", "b", "c", "a in b", "b in a", "b in c"}
    report = load_bundle(store, written(tmp_path / "2", SAID), **options)
    assert (report.removed, report.rejected, report.end_rejected) == (3, 2, 1)
    assert things(store) == {"a", "b", "b in a"}


def test_in_batches_the_same_holds(
    store: Store, tmp_path: Path, decisions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.load.load.ATOMIC", 1)
    monkeypatch.setattr("graph.load.load.BATCH", 2)
    load_bundle(store, written(tmp_path / "1", [judged(r, "unreviewed") for r in SAID]))
    report = load_bundle(store, written(tmp_path / "2", SAID), rejections=decisions)
    assert (report.removed, report.rejected, report.end_rejected) == (3, 2, 1)
    assert things(store) == {"a", "b", "b in a"}
    assert len(lines(decisions)) == 3


REVIEWED: list[Record] = [
    document(REVIEW),
    *(body("c", REVIEW), body("d", REVIEW), part("d", "c", REVIEW)),
]


def test_a_thing_stands_while_one_document_says_it(
    store: Store, tmp_path: Path, decisions: Path
) -> None:
    load_bundle(store, written(tmp_path / "1", SAID), rejections=decisions)
    review = written(tmp_path / "review", REVIEWED, "A review")
    load_bundle(store, review, rejections=decisions)
    assert things(store) == {"a", "b", "b in a", "c", "d", "d in c"}
    # Now the first bundle's link has its end: it comes in, though the bundle is the same.
    report = load_bundle(store, tmp_path / "1", rejections=decisions)
    assert (report.written, report.end_rejected) == (1, 0)
    assert things(store) == {"a", "b", "b in a", "b in c", "c", "d", "d in c"}
    # When the review rejects it too, nothing of it is left, nor what others said ends there.
    marked = [judged(r, "rejected") if r is REVIEWED[1] else r for r in REVIEWED]
    load_bundle(store, written(tmp_path / "marked", marked, "A review"), rejections=decisions)
    assert things(store) == {"a", "b", "b in a", "d"}
    assert len(list(Decisions(decisions).left_out())) == 5
    # With the decision lifted all comes back, whichever bundle is loaded first.
    accepted = {"key": "uk/org/c", "source": REVIEW, "type": "Organisation", "decision": "accepted"}
    with decisions.open("a") as file:
        file.write(json.dumps(accepted) + "\n")
    load_bundle(store, tmp_path / "marked", rejections=decisions)
    load_bundle(store, tmp_path / "1", rejections=decisions)
    assert things(store) == {"a", "b", "b in a", "b in c", "c", "d", "d in c"}


def test_a_backup_carries_what_was_left_out(store: Store, tmp_path: Path, decisions: Path) -> None:
    load_bundle(store, written(tmp_path / "1", SAID), rejections=decisions)
    load_bundle(store, written(tmp_path / "2", REVIEWED[:1], "A review"), rejections=decisions)
    graph, kept = dump(store), list(Decisions(decisions).left_out())
    assert len(kept) == 3
    backup(store, tmp_path / "all.zip", rejections=decisions)
    wipe(store)
    other = tmp_path / "other" / "rejected.jsonl"
    report = restore(store, tmp_path / "all.zip", rejections=other)
    assert (report.rejected, report.end_rejected) == (2, 1)
    assert dump(store) == graph
    assert sorted(map(repr, Decisions(other).left_out())) == sorted(map(repr, kept))
    load_bundle(
        store, written(tmp_path / "3", [judged(r, "accepted") for r in SAID]), rejections=other
    )
    assert things(store) == {"a", "b", "b in a"}


def test_what_a_document_no_longer_says_is_in_no_backup(
    store: Store, tmp_path: Path, decisions: Path
) -> None:
    load_bundle(store, written(tmp_path / "1", SAID), rejections=decisions)
    load_bundle(store, written(tmp_path / "2", SAID[:2]), rejections=decisions)
    assert list(Decisions(decisions).left_out()) == []
    assert len(Decisions(decisions).rejected()) == 2
    backup(store, tmp_path / "all.zip", rejections=decisions)
    wipe(store)
    assert restore(store, tmp_path / "all.zip").rejected == 0


def test_a_backup_of_another_graph_carries_only_what_fits(
    store: Store, tmp_path: Path, decisions: Path
) -> None:
    load_bundle(store, written(tmp_path / "1", SAID), rejections=decisions)
    wipe(store)
    load_bundle(store, written(tmp_path / "2", REVIEWED, "A review"))
    backup(store, tmp_path / "all.zip", rejections=decisions)
    wipe(store)
    assert restore(store, tmp_path / "all.zip").rejected == 0


def test_nothing_is_noted_of_a_load_that_was_called_off(
    store: Store, tmp_path: Path, decisions: Path
) -> None:
    from graph.errors import Cancelled
    from tests.integration.test_cancelling import CalledOff

    load_bundle(store, written(tmp_path / "1", [judged(r, "unreviewed") for r in SAID]))
    before = dump(store)
    with pytest.raises(Cancelled):
        load_bundle(
            store,
            written(tmp_path / "2", SAID),
            rejections=decisions,
            progress=CalledOff("writing"),
        )
    assert dump(store) == before
    assert not decisions.exists()


def earlier(store: Store) -> None:
    """Make the graph what an earlier version would have loaded: with rejected facts in it."""
    store.write("MATCH (r:LoadRun) REMOVE r.decided, r.rejected, r.end_rejected")
    store.write("MATCH (o {id: 'uk/org/c'}) WHERE o.records IS NULL SET o.judgement = 'rejected'")
    store.write("MATCH ()-[r {locator: 'a in b'}]->() SET r.judgement = 'rejected'")


@pytest.mark.parametrize("by", ["opening", "loading"])
def test_rejected_facts_in_a_graph_of_an_earlier_version_are_taken_out(
    store: Store, server: Connection, tmp_path: Path, decisions: Path, by: str
) -> None:
    load_bundle(store, written(tmp_path / "1", [judged(r, "unreviewed") for r in SAID]))
    said = records_in(store)
    earlier(store)
    if by == "opening":
        open_store(Settings(decisions.parent, server)).close()
        assert decisions.parent / "rejected.jsonl" == decisions
    else:
        folder = written(tmp_path / "2", REVIEWED[:1], "A review")
        load_bundle(store, folder, rejections=decisions)
    assert things(store) == {"a", "b", "b in a"}
    assert sorted(lines(decisions)) == [
        ("left out", "b in c"),
        ("rejected", "a in b"),
        ("rejected", "uk/org/c"),
    ]
    backup(store, tmp_path / "all.zip", rejections=decisions)
    wipe(store)
    other = tmp_path / "other.jsonl"
    restore(store, tmp_path / "all.zip", rejections=other)
    assert {row[1:3] for row in said} <= {
        *(row[1:3] for row in records_in(store)),
        *(tuple(v.items())[:2] for _, _, v in Decisions(other).left_out()),
    }
    assert things(store) == {"a", "b", "b in a"}


def test_a_rejected_record_beside_another_of_an_earlier_version(
    store: Store, tmp_path: Path, decisions: Path
) -> None:
    from graph.load.merge import pack

    load_bundle(store, written(tmp_path / "1", [judged(r, "unreviewed") for r in SAID]))
    load_bundle(store, written(tmp_path / "2", REVIEWED, "A review"))
    marked = [pack(values_of(each)) for each in (SAID[3], REVIEWED[1])]
    store.write("MATCH (o {id: 'uk/org/c'}) SET o.records = $records", {"records": marked})
    earlier(store)
    load_bundle(
        store,
        written(tmp_path / "3", SAID[:3], "Another"),
        rejections=decisions,
    )
    found = store.read("MATCH (o {id: 'uk/org/c'}) RETURN o.sources AS s, o.records AS r")
    assert found == [{"s": [REVIEW], "r": None}]
    assert ("rejected", "uk/org/c") in lines(decisions)


def test_a_file_that_cannot_be_read_stops_the_load(
    store: Store, tmp_path: Path, decisions: Path
) -> None:
    decisions.mkdir(parents=True)
    with pytest.raises(BundleError, match=r"the rejected facts in .* cannot be read"):
        load_bundle(store, written(tmp_path / "1", SAID), rejections=decisions)
    assert dump(store) == ([], [])


def test_a_torn_line_is_passed_over(store: Store, tmp_path: Path, decisions: Path) -> None:
    folder = written(tmp_path / "1", SAID)
    load_bundle(store, folder, rejections=decisions)
    whole = decisions.read_bytes()
    decisions.write_bytes(whole[:-20])
    load_bundle(store, folder, rejections=decisions, force=True)
    assert len(list(Decisions(decisions).left_out())) == 3
    assert things(store) == {"a", "b", "b in a"}
