import streamlit as st

from app.screens.explore import exploring
from app.screens.parts import cached
from app.screens.parts.overview import incomplete, needs_graph
from app.screens.parts.trouble import explained

st.title("Explore")

with explained():
    graph = cached.connected()
    incomplete(graph)
    if needs_graph(graph):
        exploring.show(graph, exploring.choose_view(graph))
