"""The page load."""
