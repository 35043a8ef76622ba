"""The top floor: the command line and the Streamlit app; holds no logic."""
