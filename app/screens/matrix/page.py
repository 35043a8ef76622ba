import streamlit as st

from app.screens.matrix import matrix_view
from app.screens.parts import cached
from app.screens.parts.overview import incomplete, needs_graph
from app.screens.parts.trouble import explained

st.title("Matrix")

with explained():
    graph = cached.connected()
    incomplete(graph)
    if needs_graph(graph):
        chosen = matrix_view.choose_matrix(graph)
        found = None if chosen is None else matrix_view.read(graph, chosen)
        if chosen is not None and found is not None:
            matrix_view.show(graph, chosen, found)
