import streamlit as st

from app.screen import database, ranking
from app.screen.overview import incomplete, needs_graph
from app.screen.trouble import explained

st.title("Bottlenecks")

with explained():
    graph = database.connected()
    incomplete(graph)
    if needs_graph(graph):
        chosen, options = ranking.choose_analysis(graph)
        ranking.show(graph, chosen, database.analysed(graph, chosen.name, options))
