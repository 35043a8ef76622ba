"""The ground floor: vocabulary, fact bundles, the store, analyses and exports."""
