"""What is kept in a workspace: views, decisions, uploads."""
