"""What changed since a day: the page, the sheet for a meeting, and the first section of a report."""
