"""The vocabulary: types, properties, ids, dates, locators and how things look."""
