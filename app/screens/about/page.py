import streamlit as st

from app.screens.about import contents
from app.screens.parts import cached
from app.screens.parts.overview import incomplete, needs_graph
from app.screens.parts.trouble import explained

st.title("About")
contents.introduction()

with explained():
    graph = cached.connected()
    incomplete(graph)
    if needs_graph(graph):
        contents.sources(graph)
        contents.completeness(graph)
        contents.counts(graph)
        contents.loads(graph)
    contents.machinery(graph)
