"""Committees, what they asked for, what was answered, and what is due."""
