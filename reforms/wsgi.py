"""The web server's way in."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from reforms.base.collecting import spare_the_program

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reforms.settings")

application = get_wsgi_application()
# A page that cannot be imported stops the worker here and not its first reader.
_ = get_resolver().url_patterns
spare_the_program()
