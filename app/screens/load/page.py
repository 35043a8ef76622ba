import streamlit as st

from app.screens.load import load_form
from app.screens.parts import cached
from app.screens.parts.overview import incomplete
from app.screens.parts.trouble import explained

st.title("Load")

with explained():
    load_form.introduction()
    chosen = load_form.choose()
    graph = cached.connected()
    incomplete(graph)
    load_form.start(graph, chosen)
    load_form.follow()
