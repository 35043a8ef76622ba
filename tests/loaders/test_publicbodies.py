from pathlib import Path

import pytest

from loaders.publicbodies import SOURCE
from loaders.source import make_bundle
from tests.bundle_records import read_bundle
from tests.project_files import ROOT

DATA = ROOT.parent / "shared" / "data" / "publicbodies"
HEADER = "id,name,abbreviation,parent_id,founding_date,jurisdiction_code,source_url,head"


def test_bodies_and_parents_are_read_and_the_rest_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "gb.csv"
    rows = (
        *(
            "gb/dft,Department for Transport,DfT,,2002-05,GB,,",
            "gb/aaib,AAIB,,gb/dft,May,GB,,A. B.",
        ),
        *("gb/dft,Transport again,,,,GB,,", "gb/x,,,,,GB,,", "//,Nobody,,,,GB,,", "gb/y,Y"),
        *("gb/loop,Loop,,gb/loop,,GB,,", "gb/lost,Lost,,gb/gone,,GB,,"),
    )
    file.write_text("\n".join([HEADER, *rows]))
    report = make_bundle(SOURCE, file, tmp_path / "bundle")
    bundle = read_bundle(tmp_path / "bundle")
    assert bundle.source.id == "uk/document/publicbodies"
    ids = [f"uk/org/{name}" for name in ("dft", "aaib", "loop", "lost")]
    assert [getattr(each, "id", "uk/org/aaib") for each in bundle.records] == [*ids, "uk/org/aaib"]
    assert [(each.line, each.column) for each in sorted(report.problems)] == [
        *[(0, ""), (3, "founding_date"), (4, "id"), (5, "name"), (6, "id"), (7, "")],
        *[(8, "parent_id"), (9, "parent_id")],
    ]
    assert report.lines()[-1] == "gb.csv, column head: the loader does not know it (1 rows)"


@pytest.mark.corpus
@pytest.mark.parametrize("country", ["ch", "gb", "nz"])
def test_the_files_as_published_are_read_whole(country: str, tmp_path: Path) -> None:
    if not DATA.exists():
        pytest.skip(f"{DATA} is not there")
    report = make_bundle(SOURCE, DATA / f"{country}.csv", tmp_path / "bundle")
    assert read_bundle(tmp_path / "bundle").counts == report.counts
    assert report.unread == {}
