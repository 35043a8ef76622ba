"""The Explore page: what is asked in the picture, the filters, and the address behind both."""

from collections.abc import Callable
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from app.explorer.component import Asked
from graph.database.store import Store
from tests.app.screens.test_pages import TARGET, address, opened, said

pytestmark = [pytest.mark.integration]

HOME_OFFICE = "uk/post/home-secretary"


def asking(monkeypatch: pytest.MonkeyPatch, said: Asked | None = None) -> list[dict[str, Any]]:
    """Make the picture ask this once; the list gets the data of every picture shown."""
    shown: list[dict[str, Any]] = []

    def explorer(data: dict[str, Any], *, key: str, on_change: Callable[[Asked], None]) -> None:
        shown.append(data)
        if len(shown) == 1 and said is not None:
            on_change(said)
            st.rerun()

    monkeypatch.setattr("app.explorer.component.explorer", explorer)
    return shown


def ids(data: dict[str, Any]) -> set[str]:
    return {thing["id"] for thing in data["things"]}


def test_expanding_adds_neighbours_to_picture_and_address(
    app: AppTest, sample: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = asking(monkeypatch, Asked(state={"more": HOME_OFFICE, "id": "uk/org/other"}))
    opened(app, "screens/explore/page.py", id=TARGET)
    assert address(app) == {"id": TARGET, "more": HOME_OFFICE}
    before, after = shown[0], shown[-1]
    assert ids(before) < ids(after)
    assert len(ids(after)) == len(after["things"])


def test_a_link_with_expanded_things_shows_the_same_and_collapses(
    app: AppTest, sample: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = asking(monkeypatch, Asked(state={"more": "uk/no/such-thing"}))
    opened(app, "screens/explore/page.py", id=TARGET, more=f"{HOME_OFFICE},uk/no/such-thing,")
    assert ids(shown[0]) > ids(shown[-1])
    assert address(app) == {"id": TARGET, "more": "uk/no/such-thing"}
    assert "Something went wrong" not in said(app)


def test_exploring_from_another_thing_starts_afresh(
    app: AppTest, sample: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking(monkeypatch, Asked(explore=HOME_OFFICE))
    opened(app, "screens/explore/page.py", id=TARGET, more=HOME_OFFICE)
    assert address(app) == {"id": HOME_OFFICE}
    app.selectbox(key="explore-id").set_value(TARGET).run()
    assert address(app) == {"id": TARGET}


def test_filters_of_the_page_are_in_the_address_and_in_the_picture(
    app: AppTest, sample: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = asking(monkeypatch)
    opened(app, "screens/explore/page.py", id=TARGET, role="lead", sure="0.5")
    assert ids(shown[-1]) == {TARGET, HOME_OFFICE}
    assert shown[-1]["about"]["filters"] == "Only links as lead; confidence 0.5 or more"
    app.multiselect(key="explore-filter-roles").set_value(["lead", "support"]).run()
    assert address(app) == {"id": TARGET, "role": "lead,support", "sure": "0.5"}
    assert {link["role"] for link in shown[-1]["links"]} == {"lead", "support"}
    app.multiselect(key="explore-filter-roles").set_value([]).run()
    app.selectbox(key="explore-filter-confidence").set_value(0.0).run()
    assert address(app) == {"id": TARGET}
    app.text_input(key="explore-filter-on").set_value("last June").run()
    assert "is not a date" in said(app)


def test_paths_in_the_whole_graph_are_added_or_said_to_be_missing(
    app: AppTest, sample: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = "uk/org/hm-treasury"
    shown = asking(monkeypatch, Asked(search=(TARGET, far)))
    opened(app, "screens/explore/page.py", id=TARGET)
    assert far not in ids(shown[0])
    assert far in ids(shown[-1])
    assert address(app)["path"] == f"{TARGET},{far}"
    assert address(app)["also"].split(",")[0] == TARGET
    shown = asking(monkeypatch, Asked(search=(TARGET, "uk/no/such-thing")))
    app.run()
    assert [data["note"] for data in shown[1:]] == [
        "There is no path of up to 6 links between these two in the whole graph."
    ]


def test_where_things_stand_is_kept_for_a_saved_view_and_taken_from_one(
    app: AppTest, sample: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = asking(monkeypatch, Asked(positions={TARGET: (1.0, 2.0)}))
    opened(app, "screens/explore/page.py", id=TARGET)
    assert app.session_state["positions-explore"] == {TARGET: (1.0, 2.0)}
    assert shown[-1]["start"] == {}  # the picture knows what it told
    app.session_state["positions-explore"] = {HOME_OFFICE: (3.0, 4.0), "uk/no/such": (5.0, 6.0)}
    app.run()
    assert shown[-1]["start"] == {HOME_OFFICE: [3.0, 4.0]}
