"""What is measured, with its peers beside it."""
