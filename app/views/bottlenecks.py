import streamlit as st

from app.screen import beside, database, ranking, removing
from app.screen.overview import incomplete, needs_graph
from app.screen.trouble import explained

st.title("Bottlenecks")

with explained():
    graph = database.connected()
    incomplete(graph)
    if needs_graph(graph):
        chosen, options = ranking.choose_analysis(graph)
        result = beside.analysed(graph, chosen.name, options)
        if result is not None:
            ranking.show(graph, chosen, result)
            without = removing.choose_holder(graph, result, options)
            if without is not None:
                removing.show(graph, without)
