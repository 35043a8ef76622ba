"""The explorer: a picture of things and their links that grows where the analyst asks.

Our own Streamlit component on a vendored cytoscape.js (`component`), the same picture as one HTML
page (`saved`), and what it shows as an address says it (`state`, which needs no Streamlit).
"""
