"""A part of the graph, out of the real database, as each format takes it."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

from graph.bundle.check import check_bundle
from graph.database.store import Store
from graph.export import FORMATS, fact_bundle
from graph.load.load import load_bundle
from graph.read.around import around
from graph.read.project import Graph, project
from graph.read.subgraph import of_excerpt, of_keys, portion
from tests.bundle_records import read_bundle
from tests.conftest import wipe

LEAD = "uk/post/home-secretary"


def same_part(part: Graph, whole: Graph) -> None:
    assert {each: part.nodes[each] for each in part} == {each: whole.nodes[each] for each in part}
    inside = {
        (a, b, key): said
        for a, b, key, said in whole.edges(keys=True, data=True)
        if a in part and b in part
    }
    assert {(a, b, k): said for a, b, k, said in part.edges(keys=True, data=True)} == inside


def test_everything_is_a_portion_of_itself(sample: Store) -> None:
    whole = project(sample)
    part = portion(sample, list(whole))
    same_part(part, whole)
    assert set(part) == set(whole)
    assert part.graph["documents"] == whole.graph["documents"]


def test_a_portion_is_what_an_excerpt_shows_with_its_documents(sample: Store) -> None:
    excerpt = around(sample, LEAD, limit=40)
    part = of_excerpt(sample, excerpt)
    assert set(part) == {thing.id for thing in excerpt.things}
    same_part(part, project(sample))
    assert len(part.edges) == len(excerpt.facts) > 0
    assert {said["source"] for *_, said in part.edges(data=True)} <= set(part.graph["documents"])


def test_facts_that_an_excerpt_does_not_show_stay_out(sample: Store) -> None:
    around_it = around(sample, LEAD, limit=40)
    ids = [thing.id for thing in around_it.things]
    excerpt = of_keys(sample, [fact.key for fact in around_it.facts[:3]], ids)
    part = of_excerpt(sample, excerpt)
    assert len(part.edges) == len(excerpt.facts) == 3
    assert len(portion(sample, list(part)).edges) > len(part.edges)


def test_chosen_links_and_unknown_ids(sample: Store) -> None:
    whole = project(sample)
    start, end, key = next(iter(whole.out_edges(LEAD, keys=True)))
    part = portion(sample, [start, end, "uk/post/nobody"], [key, "0" * 16])
    assert list(part.edges(keys=True)) == [(start, end, key)]
    assert set(part) == {start, end}
    assert list(portion(sample, []).nodes) == []


def test_a_portion_as_a_bundle_loads_into_a_graph_of_its_own(store: Store, tmp_path: Path) -> None:
    from loaders.sample import folders

    for folder in folders():
        load_bundle(store, folder)
    part = of_excerpt(store, around(store, LEAD, steps=2, limit=100))
    written = fact_bundle.write(part, tmp_path / "part")
    assert written.notes == (fact_bundle.PART,)
    assert check_bundle(tmp_path / "part") == []
    assert "Crown copyright" in str(read_bundle(tmp_path / "part").source.licence)
    wipe(store)
    load_bundle(store, tmp_path / "part")
    again = project(store)
    same_part(portion(store, list(part)), again)
    assert set(part) <= set(again) == set(part) | set(part.graph["documents"])
    assert {each: again.nodes[each] for each in part} == {each: part.nodes[each] for each in part}
    assert {key for *_, key in again.edges(keys=True)} >= {key for *_, key in part.edges(keys=True)}


def test_a_folder_is_downloaded_as_a_zip(sample: Store) -> None:
    part = of_excerpt(sample, around(sample, LEAD, limit=5))
    got = FORMATS["bundle"].as_bytes(part, "Home Secretary", date(2026, 11, 25))
    assert (got.name, got.media_type) == (
        "home-secretary-2026-11-25-bundle.zip",
        "application/zip",
    )
    names = zipfile.ZipFile(io.BytesIO(got.content)).namelist()
    assert "home-secretary-2026-11-25-bundle/source.yaml" in names
