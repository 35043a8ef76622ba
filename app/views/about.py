import streamlit as st

from app.screen import about, database
from app.screen.overview import incomplete, needs_graph
from app.screen.trouble import explained

st.title("About")
about.introduction()

with explained():
    graph = database.connected()
    incomplete(graph)
    if needs_graph(graph):
        about.sources(graph)
        about.completeness(graph)
        about.counts(graph)
        about.loads(graph)
    about.machinery(graph)
