"""How fast the pages are, how many queries they ask, and how both grow: `./run bench`. No test looks at a time."""
