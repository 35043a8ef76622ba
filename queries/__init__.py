"""The questions: one .cypher file each, by topic, and the runner that asks them."""
