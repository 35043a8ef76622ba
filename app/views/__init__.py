"""The pages: each is inputs, one call, show."""
