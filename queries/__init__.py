"""The questions, one .cypher file each by topic, and what checks, finds and asks them."""
