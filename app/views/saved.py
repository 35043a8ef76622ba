import streamlit as st

from app.screen import shelf, shelf_questions
from app.screen.trouble import explained
from app.settings import settings

st.title("Saved")

with explained():
    place = settings()
    views, questions = st.tabs(["Views", "Questions of your own"])
    with views, explained():
        shelf.views(place.workspace)
        shelf.take_in(place.workspace)
    with questions, explained():
        shelf_questions.questions(place)
        shelf_questions.take_in(place)
