import streamlit as st

from app.screens.documents import documents as citing
from app.screens.parts import cached, cached_things
from app.screens.parts.overview import incomplete, needs_graph
from app.screens.parts.trouble import explained

st.title("Documents")

with explained():
    graph = cached.connected()
    incomplete(graph)
    if needs_graph(graph):
        documents = cached_things.cited(graph)
        chosen = citing.choose_document(graph, documents)
        if chosen is None:
            citing.listed(documents)
        else:
            citing.show(chosen, cached_things.says(graph, chosen))
