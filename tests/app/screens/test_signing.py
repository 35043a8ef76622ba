"""What a role shows and refuses on the pages; signing in itself is shown in a browser."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from app.kept import decisions
from app.people.roles import AccessError
from app.screens.parts import signing
from graph.database import statements
from graph.database.store import Store
from graph.load.load import load_bundle
from loaders.sample import folders
from tests.app.screens.test_gaps_page import decide
from tests.app.screens.test_pages import opened, said, settled

pytestmark = pytest.mark.integration

Claims = dict[str, Any]


@pytest.fixture
def claims(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Claims:
    """The claims of who asks, of an app that has a provider; a test may change them."""
    given: Claims = {"is_logged_in": True, "name": "Ann", "sub": "1", "iat": time.time()}
    monkeypatch.setattr(signing, "_providers", lambda: ("default",))
    monkeypatch.setattr(signing, "_claims", lambda: given)
    monkeypatch.setenv("JOINEDUP_WORKSPACE", str(tmp_path))
    return given


@pytest.fixture
def everywhere() -> Iterator[None]:
    """A server that listens on every address."""
    before = config.get_option("server.address")
    config.set_option("server.address", "0.0.0.0")  # noqa: S104 (to be refused)
    yield
    config.set_option("server.address", before)


def test_an_app_that_strangers_reach_and_that_asks_nobody_stays_closed(
    app: AppTest, everywhere: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.run()
    assert [title.value for title in app.title] == ["joinedup is closed"]
    assert "has no sign-in, so it does not listen on 0.0.0.0" in said(app)
    with pytest.raises(AccessError):
        signing.reviewer()
    monkeypatch.setenv("JOINEDUP_WITHOUT_SIGN_IN", "yes")
    assert (signing.reviewer(), signing.may_decide()) == (None, True)


def test_a_viewer_reads_and_finds_no_way_to_write(
    app: AppTest, sample: Store, claims: Claims
) -> None:
    opened(app, "screens/gaps/page.py")
    assert len(app.dataframe) > 0
    assert signing.READS_ONLY in said(app)
    assert [button.label for button in app.button] == ["Sign out"]
    opened(app, "screens/console/page.py")
    assert signing.READS_ONLY in said(app)
    assert "Check and save" not in [button.label for button in app.button]
    with pytest.raises(AccessError, match="nothing was kept: you are signed in as a viewer"):
        signing.reviewer()


def test_an_empty_graph_offers_a_viewer_no_loading(
    app: AppTest, store: Store, claims: Claims
) -> None:
    app.run()
    assert "Load the sample" not in [button.label for button in app.button]


def test_a_role_that_ends_between_two_clicks_decides_nothing_more(
    app: AppTest, sample: Store, claims: Claims, tmp_path: Path
) -> None:
    claims["roles"] = ["reviewer"]
    opened(app, "screens/gaps/page.py")
    decide(app, "assigned", to="Bob")
    assert [d.who for d in decisions.read(tmp_path).decisions] == ["Ann"]
    changes: tuple[Claims, ...] = ({"roles": []}, {"iat": 1}, {"is_logged_in": False})
    for change in changes:
        before = dict(claims)
        app.text_input(key="decide-to").set_value("Carol")
        next(button for button in app.button if button.key == "decide-assigned").click()
        claims.update(change)
        app.run()
        assert len(decisions.read(tmp_path).decisions) == 1, change
        claims.update(before)
        opened(app, "screens/gaps/page.py")
    decide(app, "assigned", to="Carol")
    assert [d.to for d in decisions.read(tmp_path).decisions] == ["Bob", "Carol"]


def test_a_name_cannot_be_typed_over(
    app: AppTest, sample: Store, claims: Claims, tmp_path: Path
) -> None:
    claims["roles"] = "reviewer"
    opened(app, "screens/gaps/page.py")
    assert app.text_input(key="decide-who").disabled
    app.session_state["decide-who"] = "Somebody else"
    decide(app, "assigned", to="Bob")
    assert [d.who for d in decisions.read(tmp_path).decisions] == ["Ann"]


def test_a_load_says_who_loaded(app: AppTest, store: Store, claims: Claims) -> None:
    claims["roles"] = "reviewer"
    opened(app, "screens/load/page.py", **{"from": "sample"})
    settled(app.button(key="load-load").click().run())
    runs = [row["run"] for row in store.read(statements.RUNS)]
    assert {run["by"] for run in runs} == {"Ann"}
    opened(app, "screens/about/page.py")
    loads = next(frame.value for frame in app.dataframe if "Loaded by" in frame.value)
    assert list(loads["Loaded by"]) == ["Ann"] * len(runs)


def test_without_sign_in_nobody_is_said_to_have_loaded(app: AppTest, store: Store) -> None:
    load_bundle(store, folders()[0])
    assert [row["run"].get("by") for row in store.read(statements.RUNS)] == [None]
    opened(app, "screens/about/page.py")
    assert [frame for frame in app.dataframe if "Loaded by" in frame.value] == []
