import streamlit as st

from app.screen import console, console_aids, console_saving, database
from app.screen.overview import incomplete, needs_graph
from app.screen.trouble import explained

st.title("Console")

with explained():
    graph = database.connected()
    incomplete(graph)
    if needs_graph(graph):
        query, rows, seconds = console.write_query()
        console_aids.vocabulary()
        console.run(graph, query, rows, seconds)
        outcome = console.result(graph, query)
        console_saving.saving(graph, query, outcome)
        console_aids.history()
