"""The page thing."""
