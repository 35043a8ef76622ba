import streamlit as st

from app.screen import console, console_aids, console_saving
from app.screen.overview import there
from app.screen.trouble import explained

st.title("Console")

with explained():
    top = st.container()
    typed = console.write_query()
    console_aids.vocabulary()
    # What is typed stays on the page whatever becomes of the database.
    with top:
        graph = there()
    if graph is not None:
        with explained():
            console.run(graph, typed)
    outcome = console.result(graph, typed)
    console_saving.saving(graph, typed, outcome)
    console_aids.history()
