"""Where organisations write their positions: drafts, two people at once, approval and history."""
