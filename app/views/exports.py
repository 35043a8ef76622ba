import streamlit as st

from app.screen import database, exporting
from app.screen.overview import incomplete, needs_graph
from app.screen.trouble import explained

st.title("Exports")

with explained():
    graph = database.connected()
    incomplete(graph)
    if needs_graph(graph):
        subject = exporting.choose_subject(graph)
        form = exporting.choose_form(subject)
        exporting.make(graph, subject, form)
        exporting.take()
