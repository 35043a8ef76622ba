"""Long work on a page: a bar that says what is done, Cancel at once, the result for all."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app.screens.parts import background
from graph.analyses import bottlenecks, rank_intervals
from graph.database.store import Store
from tests.app.conftest import MAIN
from tests.app.screens.test_pages import opened, said, settled

pytestmark = [pytest.mark.integration]

PAGE = "screens/bottlenecks/page.py"
GIVEN = {"analysis": "bottlenecks", "uncertainty": "0.1", "resamples": "40"}


class Gate:
    """The ranking with doubt, which stands still in its first step until it is let through."""

    def __init__(self, real: Callable[..., Any]) -> None:
        self.real, self.begun = real, 0
        self.reached, self.open = threading.Event(), threading.Event()

    def __call__(self, graph: Any, **given: Any) -> Any:
        self.begun += 1
        given["progress"].start("resampling the graph", 40, "")
        given["progress"].advance(10)
        self.reached.set()
        assert self.open.wait(60)
        return self.real(graph, **given)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    made = Gate(rank_intervals.uncertain_ranking)
    monkeypatch.setattr(bottlenecks, "uncertain_ranking", made)
    monkeypatch.setattr(background, "BAR_AFTER", 0.05)
    yield made
    made.open.set()


def waiting(app: AppTest) -> bool:
    return any(button.key == "analysis-cancel" for button in app.button)


def bar(app: AppTest) -> str:
    return str(app.get("progress")[0].proto.text)


def test_a_bar_says_what_is_done_until_the_ranking_is_there(
    app: AppTest, sample: Store, gate: Gate
) -> None:
    opened(app, PAGE, **GIVEN)
    assert gate.reached.wait(60)
    app.run()
    assert waiting(app)
    assert bar(app).startswith("Resampling the graph · 25% · ")
    assert "ranks 1st" not in said(app)
    gate.open.set()
    settled(app)
    assert "of 40 resamplings at a 10% error rate it" in said(app)
    app.run()
    assert (waiting(app), gate.begun) == (False, 1)


def test_cancel_frees_the_page_at_once_and_it_can_begin_again(
    app: AppTest, sample: Store, gate: Gate
) -> None:
    opened(app, PAGE, **GIVEN)
    assert gate.reached.wait(60)
    app.run()
    app.button(key="analysis-cancel").click().run()
    app.run()
    assert not waiting(app)
    assert "The analysis was cancelled. Nothing was kept." in said(app)
    assert app.number_input(key="bottlenecks-resamples").value == 40
    app.run()
    assert gate.begun == 1
    gate.open.set()
    app.button(key="analysis-again").click().run()
    settled(app)
    assert "of 40 resamplings" in said(app)
    assert gate.begun == 2


def test_other_options_call_off_what_was_asked_before(
    app: AppTest, sample: Store, gate: Gate
) -> None:
    opened(app, PAGE, **GIVEN)
    assert gate.reached.wait(60)
    app.number_input(key="bottlenecks-uncertainty").set_value(0.0)
    app.number_input(key="bottlenecks-resamples").set_value(0).run()
    assert "Most runs through" in said(settled(app))
    app.number_input(key="bottlenecks-uncertainty").set_value(0.1)
    app.number_input(key="bottlenecks-resamples").set_value(40).run()
    gate.open.set()
    assert "of 40 resamplings" in said(settled(app))
    assert gate.begun == 2


def test_a_second_analyst_works_on_meanwhile(app: AppTest, sample: Store, gate: Gate) -> None:
    opened(app, PAGE, **GIVEN)
    assert gate.reached.wait(60)
    other = AppTest.from_file(str(MAIN), default_timeout=120)
    begun = time.monotonic()
    opened(other, PAGE, analysis="bottlenecks.load")
    assert "What row 1 rests on" in said(settled(other))
    opened(other, "screens/ask/page.py", q="conclusions.no-owner")
    assert time.monotonic() - begun < 60
    assert not gate.open.is_set()
    gate.open.set()
    assert "of 40 resamplings" in said(settled(app))


def test_taking_one_out_is_shown_when_it_is_worked_out(
    app: AppTest, sample: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "BAR_AFTER", 0.0)
    opened(app, PAGE, without="uk/post/home-secretary")
    assert "Without Home Secretary:" in said(settled(app))
