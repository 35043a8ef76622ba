"""Bundle → database → bundle: nothing is lost, whatever stands in the texts."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from graph.bundle.check import check_bundle
from graph.bundle.folder import Source
from graph.bundle.values import Values, values_of
from graph.database.store import Store
from graph.errors import ExportError
from graph.export import fact_bundle
from graph.export.backup import backup, restore
from graph.load.load import load_bundle
from graph.load.rejected import Decisions
from graph.schema.model import Record
from graph.schema.types import type_name
from loaders.sample import folders
from tests.bundle_records import read_bundle, rows
from tests.conftest import wipe
from tests.graph.random_records import bundles
from tests.integration.dumps import Thing, dump, load, records_in


def in_bundles(*places: Path) -> set[Thing]:
    return {(type_name(cls), *values.items()) for place in places for cls, values in rows(place)}


def by_key(decisions: Decisions) -> list[tuple[str, str, Values]]:
    """What was left out, whatever the order in which it was."""
    left_out = ((key, type_name(cls), values) for key, cls, values in decisions.left_out())
    return sorted(left_out, key=lambda each: (each[0], str(each[2]["source"])))


def test_the_sample_comes_out_as_it_went_in(store: Store, tmp_path: Path) -> None:
    for folder in folders():
        load_bundle(store, folder)
    graph = dump(store)
    said = in_bundles(*folders())
    assert records_in(store) == said
    written = fact_bundle.write(store, tmp_path / "out")
    assert (written.path, written.links) == (tmp_path / "out", len(graph[1]))
    assert written.nodes + written.links == len(said)
    assert in_bundles(tmp_path / "out") == said
    assert check_bundle(tmp_path / "out") == []
    again = load_bundle(store, tmp_path / "out")
    assert (again.written, again.unchanged, again.removed) == (0, len(said), 0)
    assert dump(store) == graph
    wipe(store)
    load_bundle(store, tmp_path / "out")
    assert dump(store) == graph


def test_what_an_exported_bundle_says_of_itself(store: Store, tmp_path: Path) -> None:
    for folder in folders()[:2]:
        load_bundle(store, folder)
    fact_bundle.write(store, tmp_path / "out")
    source = read_bundle(tmp_path / "out").source
    sources = [read_bundle(folder).source for folder in folders()[:2]]
    assert source == Source(
        title=f"joinedup export of {source.published}",
        licence=source.licence,
        published=source.published,
        attribution=source.attribution,
        expected=source.expected,
    )
    assert set(source.licence.split("; ")) >= {
        part for each in sources for part in each.licence.split("; ")
    }
    assert all(str(each.attribution) in str(source.attribution) for each in sources)


@given(bundles())
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_a_bundle_says_comes_out_again(shared_store: Store, records: list[Record]) -> None:
    store = shared_store
    wipe(store)
    with tempfile.TemporaryDirectory() as place:
        folder, first, again = (Path(place) / name for name in ("out", "first", "again"))
        report = load(store, Path(place) / "in", records, rejections=first)
        said = {(type_name(type(record)), *values_of(record).items()) for record in records}
        left_out = {
            (type_name(cls), *values.items()) for _, cls, values in Decisions(first).left_out()
        }
        assert len(left_out) == report.rejected + report.end_rejected
        assert (records_in(store) | left_out, records_in(store) & left_out) == (said, set())
        assert ("judgement", "rejected") not in {pair for row in records_in(store) for pair in row}
        graph = dump(store)
        if graph[0]:
            backup(store, Path(place) / "out.zip", rejections=first)
            with zipfile.ZipFile(Path(place) / "out.zip") as archive:
                archive.extractall(folder)
            assert in_bundles(folder) == said
            wipe(store)
            restore(store, Path(place) / "out.zip", rejections=again)
            assert dump(store) == graph
            # In the order of the backup, which is not that of the first bundle.
            assert by_key(Decisions(again)) == by_key(Decisions(first))


def test_a_folder_that_is_no_bundle_is_never_overwritten(store: Store, tmp_path: Path) -> None:
    load_bundle(store, folders()[0])
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("ten years")
    for overwrite, message in (
        (
            False,
            f"{mine} exists: choose another name, or ask for it to be overwritten (--overwrite)",
        ),
        (
            True,
            f"{mine} is no export of this format, for 'thesis.txt' is in it: choose another name",
        ),
    ):
        with pytest.raises(ExportError) as refused:
            fact_bundle.write(store, mine, overwrite=overwrite)
        assert str(refused.value) == message
    assert (mine / "thesis.txt").read_text() == "ten years"
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(ExportError) as refused:
        fact_bundle.write(store, file, overwrite=True)
    assert (
        str(refused.value) == f"{file} is a file, and this format is a folder: choose another name"
    )
    first = fact_bundle.write(store, tmp_path / "out")
    assert fact_bundle.write(store, tmp_path / "out", overwrite=True) == first
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "mine", "out"]
