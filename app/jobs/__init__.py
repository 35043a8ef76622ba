"""Background jobs: work beside a page, shared, with progress and cancel."""
