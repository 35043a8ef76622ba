import streamlit as st

from app.screen import console, console_aids, console_saving, database
from app.screen.overview import incomplete, needs_graph
from app.screen.trouble import explained

st.title("Console")

with explained():
    graph = database.connected()
    incomplete(graph)
    if needs_graph(graph):
        typed = console.write_query()
        console_aids.vocabulary()
        console.run(graph, typed)
        outcome = console.result(graph, typed)
        console_saving.saving(graph, typed, outcome)
        console_aids.history()
