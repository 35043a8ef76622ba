"""What every page has around it: the mark, and room for its content."""

from pathlib import Path

import streamlit as st

from app.screen.printing import STYLE

LOGO = Path(__file__).with_name("logo.svg")
ICON = Path(__file__).with_name("icon.svg")

# Captions and main buttons of Streamlit's own colours are too pale for the contrast that people
# with weak sight need (WCAG 2.2, 1.4.3), in light or in dark.
# Streamlit's own CSV of a table has no evidence and lets formulas through: ours stands below.
_ROOM = """<style>
[data-testid="stDataFrame"] button[aria-label^="Download"],
[data-testid="stElementToolbar"] button[aria-label^="Download"] { display: none; }
[data-testid="stMainBlockContainer"] { padding: 4rem 3rem; max-width: 1200px; }
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding: 3.5rem 1rem 3rem; }
  [data-testid="stGraphVizChart"] { overflow-x: auto; }
  [data-testid="stGraphVizChart"] svg { min-width: 680px; height: auto; }
}
[data-testid="stMainBlockContainer"] h2 { font-size: 1.75rem; }
[data-testid^="stBaseButton-primary"]:enabled { background: #3358c4; color: #fff; }
[data-testid^="stBaseButton-primary"]:enabled:hover { background: #2a48a3; color: #fff; }
[data-testid="stCaptionContainer"] { color: inherit !important; opacity: 0.8; }
[data-testid="stMainBlockContainer"] h1 { padding: 0 0 0.5rem; font-size: 2.1rem; }
[data-testid="stMain"] [data-testid="stPageLink"] a { height: auto; }
[data-testid="stMain"] [data-testid="stPageLink"] p { white-space: normal; overflow: visible; }
[data-testid="stMain"] [data-testid="stPageLink"] a:not(:hover) { background: transparent; }
[data-testid="stMain"] [data-testid="stPageLink"] p { font-weight: 400; }
</style>"""


def layout() -> None:
    """Set a page up; to be called once, before anything is shown."""
    # A file of our own: for an icon by name the browser would ask a server on the internet.
    st.set_page_config(page_title="joinedup", page_icon=ICON, layout="wide")
    st.logo(LOGO, size="large")
    st.html(_ROOM)
    st.html(STYLE)
