"""A page of pyvis in the browser: it draws, and no name runs."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from graph.export.notebook import to_pyvis
from tests.graph.export.awkward import awkward

RUNS = '<a href="https://x">href</a><img src=x onerror="window.ran=(window.ran||0)+1">'


def test_a_page_draws_and_runs_no_name(chromium: Browser, tmp_path: Path) -> None:
    graph = awkward(hostile=RUNS, other="see href")
    page_file = tmp_path / "page.html"
    to_pyvis(graph).write_html(str(page_file), open_browser=False, notebook=False)
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    try:
        page.goto(page_file.as_uri())
        page.wait_for_function("window.network && network.body.nodeIndices.length > 0")
        assert page.evaluate("network.body.nodeIndices.length") == len(graph)
        page.evaluate("network.stopSimulation(); network.focus('uk/post/hostile', {scale: 2})")
        page.wait_for_timeout(300)
        middle = page.evaluate(
            "(() => { const r = document.querySelector('#mynetwork canvas')"
            ".getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2] })()"
        )
        page.mouse.move(middle[0] - 200, middle[1] - 200)
        for step in range(-40, 41, 8):
            page.mouse.move(middle[0] + step, middle[1] + step)
            page.wait_for_timeout(60)
        page.mouse.move(*middle)
        page.wait_for_function(
            "document.querySelector('.vis-tooltip')?.style.visibility === 'visible'"
        )
        shown = page.locator(".vis-tooltip").inner_text()
        assert "onerror" in shown  # as words
        page.mouse.click(*middle)
        page.wait_for_timeout(300)
        assert page.evaluate("window.ran") is None
        assert asked == [page_file.as_uri()]
    finally:
        page.close()
