"""Text for a reader: tables, sheets, findings, words, escaping."""
