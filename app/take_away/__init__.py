"""What is taken away: the selection and the formats."""
