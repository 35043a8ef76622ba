"""Rankings on the page, each with what it says, how sure it is and what it rests on."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from graph.database.store import Store
from tests.app.screens.test_pages import address, opened, said, settled

pytestmark = [pytest.mark.integration]


@pytest.mark.parametrize("place", range(4))
def test_bottlenecks_rank_with_headline_and_evidence(
    app: AppTest, sample: Store, place: int
) -> None:
    from graph.analyses import ANALYSES

    names = [name for name in ANALYSES if name.startswith("bottlenecks.")]
    settled(opened(app, "screens/bottlenecks/page.py", analysis=names[place]))
    assert [e.value for e in app.error] == []
    assert "What row 1 rests on" in said(app)
    assert len(app.dataframe[1].value) > 0


def test_bottlenecks_say_how_sure_they_are(app: AppTest, sample: Store) -> None:
    opened(app, "screens/bottlenecks/page.py", analysis="bottlenecks")
    app.selectbox(key="bottlenecks-rank_by").set_value("answers")
    app.number_input(key="bottlenecks-uncertainty").set_value(0.1)
    app.number_input(key="bottlenecks-resamples").set_value(20)
    app.multiselect(key="bottlenecks-leave_out").set_value(["uk/org/government"]).run(timeout=120)
    settled(app)
    assert ([e.value for e in app.exception], [e.value for e in app.error]) == ([], [])
    assert re.search(
        r"ranks 1st by items answered for.*; in 90% of 20 resamplings at a 10% error rate it ranks",
        said(app),
    )
    assert "Left out as asked: “Government”" in said(app)
    assert {"Rank from", "Rank to"} <= set(app.dataframe[0].value.columns)


def test_the_links_that_tip_the_first_five_are_listed_with_what_says_them(
    app: AppTest, sample: Store
) -> None:
    given = {"uncertainty": "0.1", "resamples": "20"}
    settled(opened(app, "screens/bottlenecks/page.py", analysis="bottlenecks", **given))
    ranking = app.dataframe[0].value
    told = ranking[ranking["Links that tip the first five"] != ""]
    listed = app.dataframe[2].value
    assert "Which single link would change the first five" in said(app)
    assert {
        (who, thing)
        for who, things in zip(told["Who"], told["Links that tip the first five"], strict=True)
        for thing in things.split("; ")
    } == set(zip(listed["From"], listed["To"], strict=True))
    assert listed["Locator"].notna().all()
    assert "The dot is the rank in the graph as the documents have it." in said(app)


def test_every_analysis_can_be_shown(app: AppTest, sample: Store) -> None:
    from graph.analyses import ANALYSES

    opened(app, "screens/bottlenecks/page.py")
    for name in ANALYSES:
        settled(app.selectbox(key="analysis").set_value(name).run())
        assert ([e.value for e in app.exception], [e.value for e in app.error]) == ([], []), name


def test_an_analysis_of_one_thing_takes_it_from_the_address(app: AppTest, sample: Store) -> None:
    page = "screens/bottlenecks/page.py"
    settled(opened(app, page, analysis="resilience.loss", thing="Lord Chancellor"))
    assert address(app) == {"analysis": "resilience.loss", "thing": "uk/post/lord-chancellor"}
    assert "If Lord Chancellor goes" in said(app)
    settled(app.selectbox(key="resilience.loss-thing").set_value(None).run())
    assert address(app) == {"analysis": "resilience.loss"}
    assert "this is the one that most depends on" in said(app)
