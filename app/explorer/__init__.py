"""The explorer: a picture of things and their links that grows where the analyst asks.

Our own Streamlit component on a vendored cytoscape.js, and the same picture as one HTML page.
"""

from app.explorer.component import Asked, explorer
from app.explorer.data import file_name, picture_data
from app.explorer.saved import page

__all__ = ["Asked", "explorer", "file_name", "page", "picture_data"]
