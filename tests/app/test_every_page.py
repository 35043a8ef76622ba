"""What holds for every page: the graph empty, a load half-done, the database down."""

import pytest
from streamlit.testing.v1 import AppTest

from graph.store import Store
from tests.app.test_pages import TARGET, address, opened, said

pytestmark = [pytest.mark.integration]

PAGES = tuple(
    f"views/{name}.py"
    for name in (
        "home",
        "ask",
        "explore",
        "thing",
        "documents",
        "bottlenecks",
        "matrix",
        "gaps",
        "console",
    )
)


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_graph_says_what_to_do(app: AppTest, store: Store, page: str) -> None:
    shown = said(opened(app, page))
    assert "The graph is empty" in shown
    assert "joinedup load sample" in shown


def test_an_incomplete_load_is_announced_on_every_page(app: AppTest, sample: Store) -> None:
    sample.write(
        "CREATE (:LoadRun {id: 'run/x', title: 'Half a [load](x)', complete: false, "
        "started: '2026-01-01T00:00:00+00:00', sources: []})"
    )
    for page in PAGES:
        assert "Half a [load](x)" in said(opened(app, page))


@pytest.mark.parametrize("page", ["explore", "thing"])
def test_what_is_taken_out_of_a_choice_stays_out(app: AppTest, sample: Store, page: str) -> None:
    opened(app, f"views/{page}.py", id=TARGET)
    assert len(app.dataframe) > 0
    app.selectbox(key=f"{page}-id").set_value(None).run()
    assert ("id" in address(app), len(app.dataframe)) == (False, 0)
    app.run()
    assert ("id" in address(app), len(app.dataframe)) == (False, 0)


@pytest.mark.parametrize("page", PAGES)
def test_a_database_that_is_down_is_said_and_recovered_from(
    app: AppTest, sample: Store, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"q": "responsibility.joint", "target": TARGET} if "ask" in page else {}
    opened(app, page, **given)
    with monkeypatch.context() as down:
        down.setenv("JOINEDUP_DATABASE", "bolt://127.0.0.1:9")
        app.run()
        assert [e.value for e in app.exception] == []
        assert "The database does not answer." in said(app)
        assert [button.label for button in app.button] == ["Try again"]
    app.button[0].click().run()
    assert "The database does not answer." not in said(app)
    if given:
        assert len(app.dataframe[0].value) == 3
