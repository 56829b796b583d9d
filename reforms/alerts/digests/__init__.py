"""From notices to letters: one for each recipient, once a day at most."""
