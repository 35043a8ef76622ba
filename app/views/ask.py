import streamlit as st

from app.screen import asking, database
from app.screen.answer import show
from app.screen.overview import incomplete, needs_graph
from app.screen.trouble import explained
from app.settings import settings

st.title("Ask")

with explained():
    question = asking.choose_question(settings().own_questions)
    graph = database.connected()
    incomplete(graph)
    if not needs_graph(graph):
        pass
    elif question is None:
        asking.offered(settings().own_questions)
    else:
        given = asking.form(graph, question)
        if asking.complete(question, given):
            show(graph, database.answer(graph, question, given))
