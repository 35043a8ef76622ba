import streamlit as st

from app.screen import database, exploring
from app.screen.overview import incomplete, needs_graph
from app.screen.trouble import explained

st.title("Explore")

with explained():
    graph = database.connected()
    incomplete(graph)
    if needs_graph(graph):
        exploring.show(graph, exploring.choose_view(graph))
