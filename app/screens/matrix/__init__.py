"""The page matrix."""
