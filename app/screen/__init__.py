"""The parts that pages are made of: choosing, asking, showing."""
