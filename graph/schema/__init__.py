"""The vocabulary: types, properties, ids, dates, locators, words and colours."""
