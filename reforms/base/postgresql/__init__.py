"""Django's PostgreSQL backend, and one thing more: a server that hangs is noticed."""
