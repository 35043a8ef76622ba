"""The page about."""
