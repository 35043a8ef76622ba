"""Fact bundles: folders of CSV files, read, checked and written."""
