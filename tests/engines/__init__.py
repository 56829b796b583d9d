"""Real servers for the tests: PostgreSQL, Redis, and Celery's worker and beat."""
