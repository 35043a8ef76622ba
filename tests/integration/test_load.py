"""Loading on a real server: idempotent, whole or not at all, and faithful to what changed."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from graph.bundle.folder import BundleInvalid
from graph.database.store import Store
from graph.errors import BundleError
from graph.load import load as loading
from graph.load.load import load_bundle
from graph.load.runs import incomplete_loads
from graph.schema.model import Node, Provenance, Record
from graph.schema.nodes import Document, Organisation, Post
from graph.schema.relationships import PostIn
from loaders.sample import folders
from tests.graph.bundle_folders import bundle, good, problems
from tests.integration.dumps import counts, dump, everything, load, records_in

PLAN, REVIEW = "uk/document/plan", "uk/document/review"


def at(source: str = PLAN, locator: str = "1", **more: Any) -> Provenance:
    return Provenance(source=source, locator=locator, **more)


def document(source: str = PLAN) -> Document:
    return Document(id=source, title=source[12:], provenance=at(source))


def office(source: str = PLAN, **values: Any) -> Organisation:
    made = {"name": "Home Office", "labels": ("Department",), "provenance": at(source), **values}
    return Organisation(id="uk/org/home-office", **made)


def secretary(source: str = PLAN, **values: Any) -> Post:
    made = {"name": "Home Secretary", "provenance": at(source), **values}
    return Post(id="uk/post/home-secretary", **made)


def post_in(source: str = PLAN, locator: str = "1", **values: Any) -> PostIn:
    return PostIn(
        from_id="uk/post/home-secretary",
        to_id="uk/org/home-office",
        provenance=at(source, locator),
        **values,
    )


def whole(source: str = PLAN) -> list[Record]:
    return [document(source), office(source), secretary(source), post_in(source)]


def test_bundles_load_and_a_second_time_changes_nothing(store: Store) -> None:
    first = [load_bundle(store, folder) for folder in folders()[:2]]
    assert [(r.written, r.unchanged, r.removed, r.skipped) for r in first] == [
        (r.read, 0, 0, False) for r in first
    ]
    before = everything(store)
    again = [load_bundle(store, folder) for folder in folders()[:2]]
    assert everything(store) == before
    assert [(r.read, *counts(r)[1:], r.skipped, r.run) for r in again] == [
        (r.read, 0, r.read, 0, True, r.run) for r in first
    ]
    assert [str(r) for r in again] == [
        f"{r.title}: loaded before, nothing changed ({r.read} records)" for r in first
    ]
    graph = dump(store)
    forced = [load_bundle(store, folder, force=True) for folder in folders()[:2]]
    assert dump(store) == graph
    assert [counts(r) for r in forced] == [(r.read, r.read, 0, 0) for r in first]


def test_what_a_report_says(store: Store, tmp_path: Path) -> None:
    report = load(store, tmp_path / "a", whole())
    assert str(replace(report, seconds=0.25)) == (
        "A plan: 4 read, 4 written, 0 unchanged, 0 removed (0.2 s)"
    )
    assert (report.title, report.sources, report.skipped) == ("A plan", (PLAN,), False)
    (run,) = store.read("MATCH (r:LoadRun) RETURN r {.*} AS r")
    assert run["r"].pop("started") < run["r"].pop("finished")
    assert len(run["r"].pop("digest")) == 64
    assert run["r"] == {
        "id": report.run,
        "title": "A plan",
        "sources": [PLAN],
        "kept": False,
        "read": 4,
        "written": 4,
        "unchanged": 0,
        "removed": 0,
        "rejected": 0,
        "end_rejected": 0,
        "decided": "",
        "complete": True,
    }
    runs = store.read("MATCH (n) WHERE NOT n:LoadRun AND NOT n:LoadLock RETURN DISTINCT n.run AS r")
    assert runs == [{"r": report.run}]


@pytest.mark.parametrize("again", ["plain", "batched"])
def test_what_changed_in_the_bundle_changes_in_the_graph(
    store: Store, tmp_path: Path, again: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = Post(id="uk/post/gone", name="Gone", provenance=at())
    old = office(abbreviation="HO", start="1782", labels=("Department", "Unit"), aliases=("A", "B"))
    before: list[Record] = [document(), old, secretary(), person]
    load(store, tmp_path / "a", [*before, post_in(end="2001"), post_in(locator="2")])
    if again == "batched":
        monkeypatch.setattr(loading, "ATOMIC", 2)
        monkeypatch.setattr(loading, "BATCH", 2)
    agency = office(labels=("Agency",), aliases=("B",))
    new: list[Record] = [document(), agency, secretary(), post_in(end="2002")]
    report = load(store, tmp_path / "b", new)
    assert counts(report) == (4, 2, 2, 2)
    changed = dump(store)
    assert incomplete_loads(store) == []
    store.write("MATCH (n) DETACH DELETE n")
    load(store, tmp_path / "c", new)
    assert dump(store) == changed


def test_a_node_of_two_sources_is_the_same_whatever_the_order(store: Store, tmp_path: Path) -> None:
    sides: dict[str, list[Record]] = {
        PLAN: [document(), office(abbreviation="HO", provenance=at(confidence=0.9)), secretary(),
               post_in()],
        REVIEW: [document(REVIEW), office(REVIEW, name="The Home Office", labels=("Unit",)),
                 secretary(REVIEW), post_in(REVIEW)],
        "uk/document/note": [document("uk/document/note"),
                             office("uk/document/note", name="Home Office", start="1782")],
    }  # fmt: skip
    seen = []
    for number, order in enumerate(permutations(sides)):
        store.write("MATCH (n) DETACH DELETE n")
        for source in order:
            load(store, tmp_path / f"{number}" / source, sides[source])
        seen.append(dump(store))
    assert all(graph == seen[0] for graph in seen)
    (found,) = store.read("MATCH (n:Organisation) RETURN labels(n) AS labels, n {.*} AS n")
    assert sorted(found["labels"]) == ["Department", "Organisation", "Unit"]
    assert (found["n"]["name"], found["n"]["aliases"], found["n"]["abbreviation"]) == (
        "Home Office",
        ["The Home Office"],
        "HO",
    )
    assert len(store.read("MATCH (:Post)-[r:POST_IN]->() RETURN r")) == 2
    for source in sides:
        everyone = dump(store)
        alone = load(store, tmp_path / "without" / source, [document(source)])
        assert alone.removed == len(sides[source]) - 1
        load(store, tmp_path / "again" / source, sides[source])
        assert dump(store) == everyone


def test_without_one_source_the_other_stands_as_if_alone(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path / "a", whole(REVIEW))
    alone = dump(store)
    load(store, tmp_path / "b", whole())
    assert dump(store) != alone
    load(store, tmp_path / "c", [document()])
    plan = [node for node in dump(store)[0] if node[0] == "Document" and PLAN in repr(node)]
    nodes, links = dump(store)
    assert ([node for node in nodes if node not in plan], links) == alone


def test_large_bundles_take_another_way_to_the_same_graph(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder,) = (each for each in folders() if each.name.startswith("wiring"))
    load_bundle(store, folder)
    graph = dump(store)
    store.write("MATCH (n) DETACH DELETE n")
    monkeypatch.setattr(loading, "ATOMIC", 10)
    monkeypatch.setattr(loading, "BATCH", 200)
    report = load_bundle(store, folder)
    assert dump(store) == graph
    assert counts(report) == (report.read, report.read, 0, 0)
    assert incomplete_loads(store) == []


BAD: dict[str, dict[str, str | None]] = {
    "one bad row": {"Post_csv": good("Post.csv") + "x\n"},
    "no source.yaml": {"source": None},
    "a count not met": {"source": "title: A\nlicence: B\nexpected: {Post: 9}\n"},
    "an unknown file": {"Posts_csv": "x"},
}


@pytest.mark.parametrize("changed", BAD.values(), ids=BAD)
def test_a_bundle_with_a_problem_changes_nothing(
    store: Store, tmp_path: Path, changed: dict[str, str | None]
) -> None:
    load(store, tmp_path / "a", whole())
    before = everything(store)
    folder = bundle(tmp_path / "b", **changed)
    for force in (False, True):
        with pytest.raises(BundleInvalid) as refused:
            load_bundle(store, folder, force=force)
        assert [str(problem) for problem in refused.value.problems] == problems(folder)
    with pytest.raises(BundleInvalid, match="there is no such folder"):
        load_bundle(store, tmp_path / "nowhere")
    assert everything(store) == before


def test_a_document_that_only_source_yaml_describes_stays(store: Store, tmp_path: Path) -> None:
    first = load_bundle(store, bundle(tmp_path / "a", Document_csv=None))
    assert counts(first) == (5, 5, 0, 0)
    graph = dump(store)
    assert [row[0] for row in graph[0]].count("Document") == 1
    forced = load_bundle(store, tmp_path / "a", force=True)
    assert (counts(forced), dump(store)) == ((5, 5, 0, 0), graph)
    (tmp_path / "a" / "Post.csv").write_text(good("Post.csv").replace("Home Sec", "A Sec"))
    assert counts(load_bundle(store, tmp_path / "a")) == (5, 1, 4, 0)
    (found,) = store.read("MATCH (d:Document) RETURN d {.*} AS d")
    assert {**found["d"], "run": "", "fingerprint": 0} == {
        "id": PLAN,
        "title": "A plan",
        "licence": "OGL",
        "source": PLAN,
        "sources": [PLAN],
        "locator": "source.yaml",
        "basis": "stated",
        "confidence": 1.0,
        "judgement": "unreviewed",
        "run": "",
        "fingerprint": 0,
    }


def test_keep_removes_nothing_until_a_load_without_it(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path / "a", whole())
    kept = load(store, tmp_path / "b", [document(), office()], keep=True)
    assert counts(kept) == (2, 0, 2, 0)
    assert len(dump(store)[1]) == 1
    assert load_bundle(store, tmp_path / "b", keep=True).skipped
    assert counts(load_bundle(store, tmp_path / "b")) == (2, 0, 2, 2)
    assert load_bundle(store, tmp_path / "b").skipped


def test_an_older_bundle_of_the_same_document_is_loaded_again(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path / "a", whole())
    first = dump(store)
    load(store, tmp_path / "b", [document(), office(name="Other")])
    assert not load_bundle(store, tmp_path / "a").skipped
    assert dump(store) == first


def test_a_node_is_not_taken_from_under_the_links_of_another_document(
    store: Store, tmp_path: Path
) -> None:
    both: list[Record] = [document(), document(REVIEW), office(), secretary(), post_in(REVIEW)]
    load(store, tmp_path / "a", both)
    links = dump(store)[1]
    report = load(store, tmp_path / "b", [document()])
    assert dump(store)[1] == links
    assert report.removed == 0


def test_an_id_never_stands_for_two_types(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path / "a", [document(), Post(id="uk/body/x", name="X", provenance=at())])
    before = everything(store)
    other = Organisation(id="uk/body/x", name="X", provenance=at(REVIEW))
    with pytest.raises(BundleError) as refused:
        load(store, tmp_path / "b", [document(REVIEW), other])
    assert str(refused.value) == (
        f"{tmp_path / 'b'}: 'uk/body/x' of Organisation.csv is a thing of another type in the "
        "graph (Post): give it an id of its own"
    )
    assert everything(store) == before
    post = Post(id="uk/body/x", name="Y", provenance=at(REVIEW))
    assert load(store, tmp_path / "c", [document(REVIEW), post]).written == 2


def test_hostile_text_is_data(store: Store, tmp_path: Path) -> None:
    names = [
        "'}) DETACH DELETE n //",
        "`x`",
        "$rows",
        "\\",
        "a\r\nb",
        "=1+1",
        "|",
        "👑\u202e",
        "\x1f;",
    ]
    made: list[Node] = [
        Organisation(id=f"uk/org/n{number}", name=name, provenance=at(locator=name))
        for number, name in enumerate(names)
    ]
    load(store, tmp_path / "a", [document(), *made])
    assert len(records_in(store)) == len(names) + 1
    found = store.read("MATCH (n:Organisation) RETURN n.name AS name ORDER BY n.id")
    assert [row["name"] for row in found] == names
