"""The ground floor: schema, fact bundles, database, reading, analyses and exports."""
