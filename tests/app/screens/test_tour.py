"""The guided tour: each step opens a page that shows what its note speaks of."""

import pytest
from streamlit.testing.v1 import AppTest

from app.screens.parts.frame import PAGES
from app.screens.parts.tour import STEPS
from graph.database.store import Store
from tests.app.screens.test_ask_page import links
from tests.app.screens.test_pages import address, opened, said

pytestmark = [pytest.mark.integration]


@pytest.mark.parametrize("number", range(1, len(STEPS) + 1))
def test_every_step_shows_a_page_that_works(app: AppTest, sample: Store, number: int) -> None:
    step = STEPS[number - 1]
    opened(app, f"screens/{step.page}/page.py", **{**step.query, "tour": str(number)})
    assert [e.value for e in [*app.error, *app.warning]] == []
    shown = said(app)
    assert f"Guided tour · {number} of {len(STEPS)}" in shown
    assert step.look in shown
    assert address(app)["tour"] == str(number)
    ways = {"Leave the tour"}
    ways |= {"Back"} if number > 1 else set()
    ways |= {"Next"} if number < len(STEPS) else set()
    assert ways <= set(links(app))
    if step.page in ("ask", "thing", "matrix", "bottlenecks", "gaps"):
        assert len(app.dataframe) > 0
    if "without" in step.query:
        assert "Without Home Secretary:" in shown


def test_it_is_offered_where_the_sample_is_and_can_be_left(
    app: AppTest, sample: Store
) -> None:  # fmt: skip
    opened(app, "screens/home/page.py")
    assert "Take the guided tour (five minutes)" in links(app)
    opened(app, "screens/home/page.py", tour="99")
    assert "Guided tour" not in said(app)
    assert {step.page for step in STEPS} <= {page.name for page in PAGES}


def test_it_is_not_offered_on_another_graph(app: AppTest, store: Store) -> None:
    store.write(
        "CREATE (:LoadRun {id: 'run/x', title: 'x', complete: true, finished: '2026-01-01', "
        "started: '2026-01-01T00:00:00+00:00', sources: []})"
    )
    opened(app, "screens/home/page.py")
    assert "Take the guided tour (five minutes)" not in links(app)
