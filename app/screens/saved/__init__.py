"""The page saved."""
