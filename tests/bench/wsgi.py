"""The site as gunicorn serves it, with the bare view beside its pages."""

from tests.bench.surroundings import set_up

set_up()

from reforms.wsgi import application  # noqa: E402, F401 - the addresses have to be chosen before anything asks for them
