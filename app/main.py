"""The app's router: `streamlit run app/main.py`, or `joinedup app`.

Which database it asks comes from the environment (see `app.settings`), and who may ask from there
and from Streamlit's secrets (see `app.access`).
"""

import streamlit as st

from app.screen import signing
from app.screen.layout import layout

layout()

HOME = st.Page("views/home.py", title="Home", icon=":material/home:", default=True)
ASK = st.Page("views/ask.py", title="Ask", icon=":material/help:")
EXPLORE = st.Page("views/explore.py", title="Explore", icon=":material/hub:")
THING = st.Page("views/thing.py", title="Look up", icon=":material/badge:")
DOCUMENTS = st.Page("views/documents.py", title="Documents", icon=":material/description:")
BOTTLENECKS = st.Page("views/bottlenecks.py", title="Bottlenecks", icon=":material/hourglass_top:")
MATRIX = st.Page("views/matrix.py", title="Matrix", icon=":material/grid_on:")
GAPS = st.Page("views/gaps.py", title="Gaps and conflicts", icon=":material/rule:")
CONSOLE = st.Page("views/console.py", title="Console", icon=":material/terminal:")
ABOUT = st.Page("views/about.py", title="About", icon=":material/info:")

PAGES = {
    "": [HOME],
    "Find out": [ASK, EXPLORE, THING, DOCUMENTS],
    "Analyse": [BOTTLENECKS, MATRIX, GAPS],
    "More": [CONSOLE],
    "This graph": [ABOUT],
}

who = signing.visit()
page = st.navigation(PAGES, position="sidebar" if who.enters else "hidden")
if who.enters:
    signing.follow(who, [each for group in PAGES.values() for each in group])
    signing.aside(who)
    page.run()
else:
    signing.entrance(who, page)
