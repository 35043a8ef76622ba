import streamlit as st

from app.screen import database, glance, sample, searching, shelf, tour
from app.screen.overview import documents, incomplete, overview, starting_points
from app.screen.trouble import explained
from app.settings import settings

st.title("Who is responsible for what, and which paragraph says so")

with explained():
    top, search = st.container(), st.container()
    text = None
    if searching.typed_before():
        with search:
            text = searching.box()
    with top:
        graph = database.connected()
        incomplete(graph)
    if graph.empty or sample.loading_it():
        sample.offer(graph)
    else:
        with search:
            searching.found(graph, searching.box() if text is None else text)
        tour.offer(graph)
        starting_points(graph)
        shelf.on_home(settings().workspace)
        overview(graph)
        glance.at_a_glance(graph)
        documents(graph)
