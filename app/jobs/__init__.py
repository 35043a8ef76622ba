"""Background jobs: run in threads, shared between sessions, with progress and cancelling."""
