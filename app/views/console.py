import streamlit as st

from app.screen import console, console_aids, console_saving
from app.screen.overview import there
from app.screen.trouble import explained

st.title("Console")

with explained():
    # What is typed stays on the page whatever becomes of the database.
    typed = console.write_query()
    with st.container():
        graph = there()
    console_aids.vocabulary()
    if graph is not None:
        with explained():
            console.run(graph, typed)
    outcome = console.result(graph, typed)
    console_saving.saving(graph, typed, outcome)
    console_aids.history()
