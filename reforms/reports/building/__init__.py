"""Where reports to committees are built, published and read."""
