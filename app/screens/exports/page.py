import streamlit as st

from app.screens.exports import export_form
from app.screens.parts import cached
from app.screens.parts.overview import incomplete, needs_graph
from app.screens.parts.trouble import explained

st.title("Exports")

with explained():
    graph = cached.connected()
    incomplete(graph)
    if needs_graph(graph):
        subject = export_form.choose_subject(graph)
        form = export_form.choose_form(subject)
        export_form.make(graph, subject, form)
        export_form.take()
