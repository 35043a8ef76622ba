"""The page bottlenecks."""
