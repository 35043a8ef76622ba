"""What is measured, with its peers beside it: `python -m bench --help`."""
