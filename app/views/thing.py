import streamlit as st

from app.screen import database, reading, thing
from app.screen.overview import incomplete, needs_graph
from app.screen.trouble import explained

st.title("Look up")

with explained():
    graph = database.connected()
    incomplete(graph)
    if needs_graph(graph):
        chosen = thing.choose_thing(graph)
        if chosen is not None:
            thing.show(graph, reading.portrayed(graph, chosen))
