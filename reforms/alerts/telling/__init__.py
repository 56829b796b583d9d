"""From flags and events to notices: what there is to tell, and whom."""
