import streamlit as st

from app.screen import database, loading
from app.screen.overview import incomplete
from app.screen.trouble import explained

st.title("Load")

with explained():
    loading.introduction()
    chosen = loading.choose()
    graph = database.connected()
    incomplete(graph)
    loading.start(graph, chosen)
    loading.follow()
