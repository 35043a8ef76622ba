"""Files to take away, offered on a page."""

from streamlit.testing.v1 import AppTest


def test_a_file_is_not_made_before_it_is_asked_for() -> None:
    def page() -> None:
        from app.screens.parts.table import downloads

        def never() -> None:
            raise AssertionError("nobody asked for a file")

        downloads(never, "rows", key="rows", drawing=never)  # type: ignore[arg-type]

    shown = AppTest.from_function(page).run()
    assert not shown.exception
    assert [getattr(one, "label", None) for one in shown.get("download_button")] == [
        "CSV", "JSON", "Markdown", "Graphviz",
    ]  # fmt: skip
