import streamlit as st

from app.screens.parts import shelf
from app.screens.parts.trouble import explained
from app.screens.saved import own_questions
from app.settings import settings

st.title("Saved")

with explained():
    place = settings()
    views, questions = st.tabs(["Views", "Questions of your own"])
    with views, explained():
        shelf.views(place.workspace)
        shelf.take_in(place.workspace)
    with questions, explained():
        own_questions.questions(place)
        own_questions.take_in(place)
