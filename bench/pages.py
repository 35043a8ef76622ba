"""Pages of the app in a real browser: how long one takes to open, and how long a click takes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bench.browser import chromium, serving
from bench.environment import Bench
from bench.figures import Figure, Part, under
from graph.load.load import load_bundle
from loaders.sample import folders

if TYPE_CHECKING:
    from playwright.sync_api import Page

SIZE = {"width": 1280, "height": 800}
OPENS, CLICK = 1.0, 0.3
"""seconds that are hoped for"""
CHOICES = 5
"""choices made in a box at most: the matrix has seven"""
LONGEST = 120_000
"""milliseconds that anything may take"""

_TARGET = "uk/target/action-against-illegal-drugs/1"
_SECRETARY = "uk/post/home-secretary"
PAGES = {
    "Home": "",
    "Ask, an answer": f"ask?q=responsibility.joint&target={_TARGET}",
    "Explore": f"explore?id={_SECRETARY}",
    "Look up": f"thing?id={_SECRETARY}",
    "Documents": "documents",
    "Bottlenecks": "bottlenecks",
    "Matrix": "matrix",
    "Gaps and conflicts": "gaps",
    "Console": "console",
    "Saved": "saved",
    "Exports": "exports",
    "Load": "load",
    "About": "about",
}
RESTS = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  return app && app.getAttribute('data-test-script-state') === 'notRunning'
    && document.querySelector('h1') && !document.querySelector('[data-stale=true]');
}"""
"""the page is drawn and nothing on it is about to be drawn anew"""
_LISTEN = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  const name = 'data-test-script-state';
  window.heard = new Promise((done) => {
    const watch = new MutationObserver((changes) => {
      const states = [app.getAttribute(name), ...changes.map((change) => change.oldValue)];
      if (!states.includes('running')) return;
      watch.disconnect();
      done(true);
    });
    watch.observe(app, { attributeFilter: [name], attributeOldValue: true });
  });
}"""
"""from now on `heard` waits for the app's script to run"""
_HEARD = f"""Promise.race([window.heard, new Promise((_, no) =>
  setTimeout(() => no(new Error('the choice made the app do nothing')), {LONGEST}))])"""
_OTHER = """([box, typed]) => {
  const option = document.getElementById(box.getAttribute('aria-activedescendant'));
  return option && option.getAttribute('aria-selected') !== 'true'
    && option.textContent.toLowerCase().includes(typed.toLowerCase());
}"""
"""the key would choose another than the one that is chosen, and what was typed"""
CLICKS = (
    (
        "Ask: another question",
        "ask?q=funds.conflicting-amounts",
        "Question (",
        "more than one lead",
    ),
    ("Matrix: other roles", "matrix", "Roles", ""),
    ("Gaps: another type of gap", "gaps", "What to look for", ""),
    ("Look up: another thing", f"thing?id={_SECRETARY}", "Who or what", "Treasury"),
)
"""what, page, the label of a box of choices, what is typed to choose the first that fits"""


def pages(bench: Bench) -> Part:
    """Each page opened from nothing and again, and a choice made on four of them."""
    part = Part("pages", "pages of the app in a browser, on the sample")
    bench.wipe()
    for folder in folders():
        load_bundle(bench.store, folder)
    with serving(bench) as address, chromium() as browser:
        page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
        page.set_default_timeout(LONGEST)
        for name, there in PAGES.items():
            first = _opened(page, f"{address}/{there}")
            warm = [_opened(page, f"{address}/{there}") for _ in range(bench.repetitions)]
            part.figures.append(under(f"{name} opens, warm", warm, OPENS))
            part.figures.append(Figure(f"{name} opens for the first time", "s", [first]))
        for name, there, label, typed in CLICKS:
            _opened(page, f"{address}/{there}")
            part.figures.append(under(f"{name}, first", [_chosen(page, label, typed)], CLICK))
            again = [_chosen(page, label, "") for _ in range(min(CHOICES, bench.repetitions))]
            part.figures.append(under(name, again, CLICK))
    part.notes += [
        "A page opens from its address in a tab that has the app's own files already; it is open "
        "when its script has ended and nothing on it is grey. That includes the browser's start of "
        "Streamlit itself.",
        "A click is a choice in a box by the keyboard, from the key to the page at rest.",
    ]
    return part


def _opened(page: Page, address: str) -> float:
    began = time.perf_counter()
    page.goto(address)
    page.wait_for_function(RESTS)
    return time.perf_counter() - began


def _chosen(page: Page, label: str, typed: str) -> float:
    """Choose in a box: what is `typed`, or the next of its choices."""
    box = page.get_by_role("combobox").and_(page.get_by_label(label)).first
    box.click()
    page.get_by_role("option").first.wait_for()
    if typed:
        box.fill(typed)
    else:
        page.keyboard.press("ArrowDown")
    page.wait_for_function(_OTHER, arg=[box.element_handle(), typed])
    page.evaluate(_LISTEN)
    began = time.perf_counter()
    page.keyboard.press("Enter")
    page.evaluate(_HEARD)
    page.wait_for_function(RESTS)
    return time.perf_counter() - began
