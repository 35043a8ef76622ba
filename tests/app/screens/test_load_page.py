"""Loading through the page: what is wrong is shown with its place, what is right is in."""

import io
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from streamlit.testing.v1 import AppTest

from app.screens.parts import signing
from graph.database.store import Store
from graph.load import load as graph_load
from graph.load.batches import prepare
from loaders.sample import folders
from tests.app.screens.test_pages import address, opened, said
from tests.graph.bundle_folders import bundle, good

pytestmark = [pytest.mark.integration]

PAGE = "screens/load/page.py"


@pytest.fixture(autouse=True)
def at_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """As `joinedup app` serves it: to this machine alone."""
    monkeypatch.setattr(signing, "is_loopback", lambda _: True)


def told(app: AppTest) -> list[str]:
    return [
        str(one.value).replace("\\", "").replace("\u2060", "") for one in [*app.success, *app.error]
    ]


def press(app: AppTest, key: str) -> None:
    app.button(key=key).click().run()
    deadline = time.monotonic() + 60
    while any(button.key == "load-cancel" for button in app.button):
        assert time.monotonic() < deadline
        time.sleep(0.2)
        app.run()
    assert [e.value for e in app.exception] == []


def zipped(folder: Path) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, f"{folder.name}/{path.name}")
    return out.getvalue()


def test_an_uploaded_bundle_is_loaded_and_every_page_knows(app: AppTest, store: Store) -> None:
    opened(app, "screens/home/page.py")
    assert "The graph is empty" in said(app)
    opened(app, PAGE)
    assert app.button(key="load-load").disabled
    app.file_uploader(key="load-files").set_value(
        [("bundle.zip", zipped(folders()[0]), "application/zip")]
    ).run()
    press(app, "load-check")
    assert ["no problems found, ready to load." in text for text in told(app)] == [True]
    assert store.read("MATCH (run:LoadRun) RETURN count(run) AS n") == [{"n": 0}]
    press(app, "load-load")
    assert [text.endswith("is loaded.") for text in told(app)] == [True]
    run = store.read("MATCH (run:LoadRun) RETURN run.read AS read, run.complete AS complete")[0]
    assert run["complete"]
    metrics = {one.label: one.value for one in app.metric}
    assert (metrics["Read"], metrics["Unchanged"], metrics["Removed"]) == (
        f"{run['read']:,}", "0", "0",
    )  # fmt: skip
    press(app, "load-load")
    assert ["loaded before, nothing changed" in text for text in told(app)] == [True]
    opened(app, "screens/home/page.py")
    assert "things and" in said(app)


def test_problems_are_shown_with_their_place(app: AppTest, store: Store, tmp_path: Path) -> None:
    wrong = good("Organisation.csv").replace("uk/org/home-office", "UK HOME OFFICE")
    folder = bundle(tmp_path / "plan", Organisation_csv=wrong)
    opened(app, PAGE, **{"from": "folder", "folder": str(folder)})
    assert address(app) == {"from": "folder", "folder": str(folder)}
    press(app, "load-load")
    assert [text.endswith("Nothing was loaded.") for text in told(app)] == [True]
    shown = app.dataframe[0].value
    assert list(shown.columns) == ["File", "Line", "Column", "Message"]
    assert ("Organisation.csv", 2, "id") in set(
        shown[["File", "Line", "Column"]].itertuples(index=False, name=None)
    )
    assert store.read("MATCH (n) WHERE NOT n:LoadLock RETURN count(n) AS n") == [{"n": 0}]


def test_what_is_no_bundle_is_said(app: AppTest, store: Store, tmp_path: Path) -> None:
    opened(app, PAGE, **{"from": "folder", "folder": str(tmp_path / "none")})
    press(app, "load-check")
    assert ["There is no folder" in text for text in told(app)] == [True]
    opened(app, PAGE)
    app.segmented_control(key="load-from").set_value("files").run()
    app.file_uploader(key="load-files").set_value([("x.zip", b"PK", "application/zip")]).run()
    press(app, "load-load")
    assert ["is no zip file that can be read" in text for text in told(app)] == [True]


def test_folders_are_offered_to_this_machine_alone(
    app: AppTest, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing, "is_loopback", lambda _: False)
    opened(app, PAGE, **{"from": "folder", "folder": "/etc"})
    assert app.segmented_control(key="load-from").value == "files"
    assert [box.label for box in app.text_input if box.key == "load-folder"] == []


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Event, Event]]:
    """Writing waits at its first batch until it is let go."""
    at_it, go_on = Event(), Event()

    def slow(*args: object, **more: object) -> object:
        at_it.set()
        go_on.wait(30)
        return prepare(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(graph_load, "prepare", slow)
    yield at_it, go_on
    go_on.set()


def test_a_load_that_is_called_off_leaves_nothing(
    app: AppTest, store: Store, held: tuple[Event, Event]
) -> None:
    at_it, go_on = held
    opened(app, PAGE, **{"from": "sample"})
    app.button(key="load-load").click().run()
    assert at_it.wait(30)
    app.run()
    app.button(key="load-cancel").click().run()
    assert app.button(key="load-load").disabled
    go_on.set()
    deadline = time.monotonic() + 30
    while "Load was cancelled." not in said(app):
        assert time.monotonic() < deadline
        time.sleep(0.2)
        app.run()
    assert store.read("MATCH (n) WHERE NOT n:LoadLock RETURN count(n) AS n") == [{"n": 0}]
    press(app, "load-load")
    assert len(store.read("MATCH (run:LoadRun {complete: true}) RETURN run.id AS id")) == len(
        folders()
    )


def test_a_large_load_that_is_called_off_says_so_and_is_completed(
    app: AppTest, store: Store, held: tuple[Event, Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph_load, "ATOMIC", 10)
    at_it, go_on = held
    opened(app, PAGE, **{"from": "folder", "folder": str(folders()[0])})
    app.button(key="load-load").click().run()
    assert at_it.wait(30)
    app.run()
    app.button(key="load-cancel").click().run()
    go_on.set()
    deadline = time.monotonic() + 30
    while "Load was cancelled." not in said(app):
        assert time.monotonic() < deadline
        time.sleep(0.2)
        app.run()
    assert "is not complete" in said(app)
    press(app, "load-load")
    app.run()
    assert "is not complete" not in said(app)
    unfinished = store.read("MATCH (run:LoadRun {complete: false}) RETURN count(run) AS n")
    assert unfinished == [{"n": 0}]
