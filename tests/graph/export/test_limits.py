"""What a format cannot take: refused, split or left plain, and said."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from graph.errors import ExportError
from graph.export import drawings, parquet, xlsx
from graph.read.project import Graph
from tests.graph.small import REVIEW, answers, at, node, small


def graph() -> Graph:
    return small(
        node("document/plan", title="The plan", url="https://example.org/plan"),
        node("document/review", title="The review", url="https://example.org/review"),
        *(answers("post/a", f"target/t/{number}") for number in range(5)),
        answers("post/b", "target/t/1", "lead", at("2", REVIEW)),
    )


MANY_LINKS = small(*(answers("post/a", "target/t/1", where=at(str(n))) for n in range(6)))


@pytest.mark.parametrize(
    ("said", "what"), [(graph(), "things"), (MANY_LINKS, "links")], ids=["things", "links"]
)
def test_a_graph_too_large_for_mermaid_is_refused_with_what_to_do(
    said: Graph, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "graph.mmd"
    monkeypatch.setattr(drawings, "MOST", 5)
    with pytest.raises(ExportError) as refused:
        drawings.write_mermaid(said, path)
    assert str(refused.value) == (
        f"{path}: Mermaid is for small drawings, and this graph has more than 5 {what}: export a "
        "part of it (--question, --view), or choose GEXF or GraphML and open it in Gephi"
    )
    assert list(tmp_path.iterdir()) == []


def test_parquet_holds_no_more_than_a_group_of_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = graph()
    parquet.write(said, tmp_path / "whole")
    monkeypatch.setattr(parquet, "BATCH", 4)
    parquet.write(said, tmp_path / "groups")
    for name in ("nodes", "links", "documents"):
        whole, groups = (
            pq.ParquetFile(tmp_path / each / f"{name}.parquet") for each in ("whole", "groups")
        )
        assert groups.read().equals(whole.read())
        sizes = [groups.metadata.row_group(n).num_rows for n in range(groups.num_row_groups)]
        assert max(sizes) <= 4
        assert sum(sizes) == whole.metadata.num_rows


def test_documents_beyond_what_a_sheet_may_link_are_text_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "URLS", 1)
    written = xlsx.write(graph(), tmp_path / "graph.xlsx")
    assert written.notes == ("addresses that are text and no link, for Excel has 1 a sheet: 1",)
    sheet = openpyxl.load_workbook(tmp_path / "graph.xlsx")["Documents"]
    column = [cell.value for cell in sheet[1]].index("url") + 1
    cells = [sheet.cell(row, column) for row in (2, 3)]
    assert sorted(str(cell.value) for cell in cells) == [
        "https://example.org/plan",
        "https://example.org/review",
    ]
    assert [cell.hyperlink is not None for cell in cells] == [True, False]
