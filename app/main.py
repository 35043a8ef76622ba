"""The app's router: `streamlit run app/main.py`, or `joinedup app`.

Which database it asks comes from the environment (see `app.settings`).
"""

import streamlit as st

from app.screen.layout import layout

layout()

HOME = st.Page("views/home.py", title="Home", icon=":material/home:", default=True)
ASK = st.Page("views/ask.py", title="Ask", icon=":material/help:")
EXPLORE = st.Page("views/explore.py", title="Explore", icon=":material/hub:")
BOTTLENECKS = st.Page("views/bottlenecks.py", title="Bottlenecks", icon=":material/hourglass_top:")

st.navigation({"": [HOME], "Find out": [ASK, EXPLORE], "Analyse": [BOTTLENECKS]}).run()
