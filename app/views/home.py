import streamlit as st

from app.screen import database, glance, sample, shelf, tour
from app.screen.overview import documents, incomplete, overview, starting_points
from app.screen.searching import search
from app.screen.trouble import explained
from app.settings import settings

st.title("Who is responsible for what, and which paragraph says so")

with explained():
    graph = database.connected()
    incomplete(graph)
    if graph.empty:
        sample.offer(graph)
    else:
        search(graph)
        tour.offer(graph)
        starting_points(graph)
        shelf.on_home(settings().workspace)
        overview(graph)
        glance.at_a_glance(graph)
        documents(graph)
