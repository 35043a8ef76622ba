"""Cached ledgers: a changed bundle is checked as one never seen is, only quicker."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.bundle import ledger_cache as module
from graph.bundle.check import enter
from graph.bundle.ledger import Ledger
from graph.bundle.ledger_cache import MOST, LedgerCache
from graph.bundle.table import Problem, TypeTable
from tests.graph.bundle_folders import bundle, good, problems

RUN = "run/1"
_ALL = ("SELECT * FROM node", "SELECT * FROM link")


def checked(
    folder: Path, ledgers: Path, keep: bool = False
) -> tuple[list[Problem], list[str], int]:
    """Check a bundle with what is kept: problems, records as the ledger has them, rows read."""
    keeping = LedgerCache(ledgers)
    with Ledger(keeping) as ledger:
        found = enter(folder, ledger)[1]
        rows = [repr(row) for query in _ALL for row in ledger._db.execute(query)]
        known = "SELECT count(*) FROM temp.seen" if ledger.recalled else "SELECT 0"
        read = len(rows) - int(ledger._db.execute(known).fetchone()[0])
        if keep:
            ledger.keep(RUN)
    return found, sorted(rows), read


@pytest.fixture
def ledgers(tmp_path: Path) -> Path:
    """A folder that keeps the ledger of the sound bundle."""
    folder = tmp_path / "ledgers"
    assert checked(bundle(tmp_path / "first"), folder, keep=True)[0] == []
    return folder


_BODIES = good("Organisation.csv")
_TURNED = "\n".join([_BODIES.splitlines()[0], *reversed(_BODIES.splitlines()[1:]), ""])
_SECRETARY = good("Post.csv")
CHANGED: dict[str, dict[str, str | None]] = {
    "nothing": {},
    "one cell": {"Post_csv": _SECRETARY.replace("Home Secretary", "Home Minister")},
    "a row more": {"Organisation_csv": f"{_BODIES}uk/org/x,,X,,uk/document/plan,2,stated,1\n"},
    "rows moved": {"Organisation_csv": _TURNED},
    "a row twice": {"Organisation_csv": _BODIES + _BODIES.splitlines()[1] + "\n"},
    "an end gone": {"Post_csv": None},
    "another header": {"Post_csv": _SECRETARY.replace("id,labels,name", "id,name,labels", 1)},
    "a stray quote": {"Post_csv": _SECRETARY.replace("Home Sec", 'Home "Sec')},
    "a table gone": {"POST_IN_csv": None},
}
READ = {
    "nothing": 0,
    "one cell": 1,
    "a row more": 1,
    "rows moved": 0,
    "a row twice": 0,
    "an end gone": 0,
    "another header": 0,
    "a stray quote": 0,
    "a table gone": 0,
}


@pytest.mark.parametrize("name", CHANGED)
def test_a_changed_bundle_is_checked_as_a_new_one(name: str, tmp_path: Path, ledgers: Path) -> None:
    folder = bundle(tmp_path / "changed", **CHANGED[name])
    found, rows, read = checked(folder, ledgers)
    fresh, rows_of_new, _ = checked(folder, tmp_path / "none")
    assert (found, rows) == (fresh, rows_of_new)
    assert [str(problem) for problem in found] == problems(folder)
    assert read == READ[name]


def test_a_row_that_stands_in_another_type_is_read(tmp_path: Path, ledgers: Path) -> None:
    taken = good("Organisation.csv").replace(",aliases", "").replace(",HO|Home", "")
    folder = bundle(tmp_path / "changed", Organisation_csv=taken, Post_csv=taken)
    assert [str(problem) for problem in checked(folder, ledgers)[0]] == problems(folder)


@pytest.mark.parametrize("spoiled", ["not a database", "", None, "cut short", "another"])
def test_a_ledger_that_cannot_be_used_is_passed_over(
    spoiled: str | None, tmp_path: Path, ledgers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place,) = ledgers.glob("*.ledger")
    if spoiled is None:
        place.unlink()
    elif spoiled == "cut short":
        place.write_bytes(place.read_bytes()[:4096])
    elif spoiled == "another":
        monkeypatch.setattr(module, "vocabulary_digest", lambda: "of a later version")
    else:
        place.write_text(spoiled)
    folder = bundle(tmp_path / "same")
    found, rows, read = checked(folder, ledgers, keep=True)
    assert (found, len(rows), read) == ([], 5, 5)


def test_a_place_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert checked(bundle(tmp_path / "first"), tmp_path / "file", keep=True)[0] == []
    assert (tmp_path / "file").read_text() == ""


def test_only_the_newest_ledgers_stay_and_nothing_else_is_left(tmp_path: Path) -> None:
    folder = tmp_path / "ledgers"
    for number in range(MOST + 2):
        source = f"title: Plan {number}\nlicence: OGL\nid: uk/document/plan\n"
        checked(bundle(tmp_path / str(number), source=source), folder, keep=True)
    assert len(list(folder.iterdir())) == MOST


def test_rows_have_digests_of_their_own(tmp_path: Path) -> None:
    from graph.schema.nodes import Organisation

    found = []
    table = TypeTable(bundle(tmp_path / "a") / "Organisation.csv", Organisation)
    for line, _ in table:
        found.append((line, table.raw))
    assert [line for line, _ in found] == [2, 3]
    assert len({raw for _, raw in found}) == 2
