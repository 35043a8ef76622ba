"""Where the workspace is and which database is asked: options, then environment, then defaults."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.settings import Settings, settings
from graph.database.connection import SCHEMES, Connection
from graph.errors import DatabaseUnreachable

SECRET = "p@ss/word#1"
URL = "neo4j+s://team.example.org"


def test_the_defaults(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    found = settings(environment={})
    assert found == Settings(tmp_path / ".joinedup")
    assert found.where == f"the local database in {tmp_path / '.joinedup'}"
    assert found.own_questions is None
    (tmp_path / ".joinedup" / "questions").mkdir(parents=True)
    assert found.own_questions == tmp_path / ".joinedup" / "questions"


def test_options_before_environment_before_defaults(tmp_path: Path) -> None:
    environment = {
        "JOINEDUP_WORKSPACE": str(tmp_path / "theirs"),
        "JOINEDUP_DATABASE": URL,
        "JOINEDUP_USER": "ann",
        "JOINEDUP_PASSWORD": SECRET,
        "JOINEDUP_DATABASE_NAME": "facts",
    }
    remote = Connection(URL, "ann", SECRET, "facts")
    assert settings(environment=environment) == Settings(tmp_path / "theirs", remote)
    given = settings(tmp_path / "mine", "bolt://other:7688", environment)
    assert given == Settings(
        tmp_path / "mine", Connection("bolt://other:7688", "ann", SECRET, "facts")
    )
    assert given.where == "bolt://other:7688"


@pytest.mark.parametrize("empty", ["JOINEDUP_WORKSPACE", "JOINEDUP_DATABASE"])
def test_an_empty_variable_is_none(empty: str) -> None:
    assert settings(environment={empty: ""}) == settings(environment={})


def test_a_home_folder_is_spelt_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert settings("~/facts", environment={}).workspace == tmp_path / "facts"


@pytest.mark.parametrize(
    ("address", "environment", "user", "password", "shown"),
    [
        ("bolt://h:1", {}, None, None, "bolt://h:1"),
        ("bolt://h:1", {"JOINEDUP_PASSWORD": "x"}, "neo4j", "x", "bolt://h:1"),
        ("bolt://h:1", {"JOINEDUP_USER": "ann", "JOINEDUP_PASSWORD": "x"}, "ann", "x", "bolt://h:1"),
        ("bolt://bob:y@h:1", {"JOINEDUP_USER": "ann", "JOINEDUP_PASSWORD": "x"}, "bob", "y",
         "bolt://h:1"),
        ("bolt://bob@h", {"JOINEDUP_PASSWORD": "x"}, "bob", "x", "bolt://h"),
        ("bolt://bob:p%40ss%2Fword%231@h", {}, "bob", SECRET, "bolt://h"),
        ("neo4j://[::1]:7687", {}, None, None, "neo4j://[::1]:7687"),
        ("neo4j://h/?region=eu", {}, None, None, "neo4j://h/?region=eu"),
    ],
)  # fmt: skip
def test_a_sign_in_is_taken_out_of_the_address(
    address: str,
    environment: dict[str, str],
    user: str | None,
    password: str | None,
    shown: str,
) -> None:
    found = settings(database=address, environment=environment)
    assert found.remote == Connection(shown, user, password)
    assert found.where == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("http://h:7474", "http://h:7474"),
        ("h:7687", "h:7687"),
        ("bolt://", "bolt://"),
        ("bolt://h:port", "bolt://h:port"),
        ("bolt://h:99999", "bolt://h:99999"),
        ("bolt://[::1", "bolt://[::1"),
        (f"http://neo4j:{SECRET}@h", "h"),
        (f"bolt://neo4j:{SECRET}@h", "h"),
        ("bolt://neo4j:123/45@h", "h"),
        ("bolt://neo4j?x@h", "h"),
    ],
)
def test_an_address_of_the_wrong_form(address: str, shown: str) -> None:
    with pytest.raises(DatabaseUnreachable) as refused:
        settings(database=address, environment={"JOINEDUP_PASSWORD": SECRET})
    assert str(refused.value) == (
        f"'{shown}' is no address of a database: write one such as bolt://localhost:7687 or "
        f"neo4j+s://host (schemes: {', '.join(SCHEMES)})"
    )


def test_no_password_in_a_repr() -> None:
    found = settings(database=f"bolt://ann:{SECRET.replace('/', '%2F').replace('#', '%23')}@h")
    assert found.remote is not None
    assert found.remote.password == SECRET
    assert SECRET not in repr(found)
