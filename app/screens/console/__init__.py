"""The page console."""
