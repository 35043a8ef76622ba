import streamlit as st

from app.screens.console import console, console_aids, save_question
from app.screens.parts.overview import there
from app.screens.parts.trouble import explained

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
    save_question.saving(graph, typed, outcome)
    console_aids.history()
