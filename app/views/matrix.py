import streamlit as st

from app.screen import database, matrix
from app.screen.overview import incomplete, needs_graph
from app.screen.trouble import explained

st.title("Matrix")

with explained():
    graph = database.connected()
    incomplete(graph)
    if needs_graph(graph):
        chosen = matrix.choose_matrix(graph)
        found = None if chosen is None else matrix.read(graph, chosen)
        if chosen is not None and found is not None:
            matrix.show(graph, chosen, found)
