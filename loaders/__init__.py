"""Loaders: one folder a source, each turning its files into records. `registry` lists them."""
