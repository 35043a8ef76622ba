import streamlit as st

from app.screens.home import find_anything, gaps_summary, sample
from app.screens.parts import cached, shelf, tour
from app.screens.parts.overview import documents, incomplete, overview, starting_points
from app.screens.parts.trouble import explained
from app.settings import settings

st.title("Who is responsible for what, and which paragraph says so")

with explained():
    top, search = st.container(), st.container()
    text = None
    if find_anything.typed_before():
        with search:
            text = find_anything.box()
    with top:
        graph = cached.connected()
        incomplete(graph)
    if graph.empty or sample.loading_it():
        sample.offer(graph)
    else:
        with search:
            find_anything.found(graph, find_anything.box() if text is None else text)
        tour.offer(graph)
        starting_points(graph)
        shelf.on_home(settings().workspace)
        overview(graph)
        gaps_summary.at_a_glance(graph)
        documents(graph)
