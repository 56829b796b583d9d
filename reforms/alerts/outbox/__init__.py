"""The outbox: letters are written into the database, and a job that comes round every minute has a server take them."""
