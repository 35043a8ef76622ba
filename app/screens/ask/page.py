import streamlit as st

from app.screens.ask.answer import show
from app.screens.parts import ask_form, cached
from app.screens.parts.overview import incomplete, needs_graph
from app.screens.parts.trouble import explained
from app.settings import settings

st.title("Ask")

with explained():
    question = ask_form.choose_question(settings().own_questions)
    graph = cached.connected()
    incomplete(graph)
    if not needs_graph(graph):
        pass
    elif question is None:
        ask_form.offered(settings().own_questions)
        ask_form.topic_briefing(graph)
    else:
        given = ask_form.form(graph, question)
        if ask_form.complete(question, given):
            show(graph, cached.answer(graph, question, given))
