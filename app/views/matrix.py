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
        matrix.show(graph, chosen, matrix.read(graph, chosen))
