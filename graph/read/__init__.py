"""Reading the graph: rows, projections, things, documents, what surrounds a thing."""
