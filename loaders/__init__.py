"""The first floor, left: one folder a source or genre, each yielding records."""
