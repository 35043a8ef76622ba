import streamlit as st

from app.screens.bottlenecks import ranked, remove_one
from app.screens.parts import background, cached
from app.screens.parts.overview import incomplete, needs_graph
from app.screens.parts.trouble import explained

st.title("Bottlenecks")

with explained():
    graph = cached.connected()
    incomplete(graph)
    if needs_graph(graph):
        chosen, options = ranked.choose_analysis(graph)
        result = background.analysed(graph, chosen.name, options)
        if result is not None:
            ranked.show(graph, chosen, result)
            without = remove_one.choose_holder(graph, result, options)
            if without is not None:
                remove_one.show(graph, without)
