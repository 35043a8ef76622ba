import streamlit as st

from app.screens.parts import cached, cached_things
from app.screens.parts.overview import incomplete, needs_graph
from app.screens.parts.trouble import explained
from app.screens.thing import look_up

st.title("Look up")

with explained():
    graph = cached.connected()
    incomplete(graph)
    if needs_graph(graph):
        chosen = look_up.choose_thing(graph)
        if chosen is not None:
            look_up.show(graph, cached_things.portrayed(graph, chosen))
