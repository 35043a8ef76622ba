"""Loading: a bundle into the graph, in batches, with a report."""
