import streamlit as st

from app.screen import citing, database, reading
from app.screen.overview import incomplete, needs_graph
from app.screen.trouble import explained

st.title("Documents")

with explained():
    graph = database.connected()
    incomplete(graph)
    if needs_graph(graph):
        documents = reading.cited(graph)
        chosen = citing.choose_document(graph, documents)
        if chosen is None:
            citing.listed(documents)
        else:
            citing.show(chosen, reading.says(graph, chosen))
