"""What analysts keep in a workspace: saved views, decisions on findings, uploads."""
