"""What the environment may say, what each variable means, and when it is refused.

Every part that needs a variable calls `read()`: the settings, the web server and the probe of its health.
"""

from reforms.environment.configuration import Configuration, Variable, declared
from reforms.environment.keys import kept_secret_key
from reforms.environment.reading import read
from reforms.environment.refusing import RefusedError, tell_refusals_in_words
from reforms.environment.table import table

__all__ = [
    "Configuration",
    "RefusedError",
    "Variable",
    "declared",
    "kept_secret_key",
    "read",
    "table",
    "tell_refusals_in_words",
]
