"""Dates as calendars that other programs subscribe to: of the nation, of one council, and of one person."""
