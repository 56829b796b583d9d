"""People: who may act for which organisation, as administrators arrange it."""
