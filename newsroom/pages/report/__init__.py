"""The year in numbers: what the data say of a year, and the same as a page, Markdown, Word and CSV."""
