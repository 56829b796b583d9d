"""Settings, all from the environment. docs/operating.md has the table; environment.py the rules."""

from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from reforms import environment

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
# Everything the site writes that is not in a database of the user's: one folder, ignored by git.
VAR_DIR = Path(env.str("VAR_DIR", default="") or BASE_DIR / "var").resolve()
DATABASE_URL = env.str("DATABASE_URL", default="")
REDIS_URL = env.str("REDIS_URL", default="")

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[]) or list(environment.LOCAL_HOSTS)
ENVIRONMENT = environment.name_of(env.str("DJANGO_ENV", default=""), ALLOWED_HOSTS)
IS_PRODUCTION = ENVIRONMENT == "production"
# Without a database of the user's, everything lives in one SQLite file, and the demo people may exist.
IS_EMBEDDED_DATABASE = not DATABASE_URL

if mistakes := [
    *environment.mistakes(name=ENVIRONMENT, is_debug=DEBUG, secret_key=SECRET_KEY, hosts=ALLOWED_HOSTS),
    *environment.scheme_mistakes("DATABASE_URL", DATABASE_URL, environment.DATABASE_SCHEMES),
    *environment.scheme_mistakes("REDIS_URL", REDIS_URL, environment.REDIS_SCHEMES),
]:
    raise ImproperlyConfigured("\n".join(mistakes))

try:
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    SECRET_KEY = SECRET_KEY or environment.kept_secret_key(VAR_DIR)
except OSError as error:
    raise ImproperlyConfigured(f"Nothing can be written in VAR_DIR, the folder {VAR_DIR}: {error.strerror}") from error

INSTALLED_APPS = [
    "reforms.base.apps.TrackerAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_filters",
    "csp",
    "django_linear_migrations",
    "reforms.base.apps.BaseConfig",
    "pillars",
    "councils",
    "consultations",
    "reforms.alerts",
    "reforms.pages",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "reforms.base.middleware.AsAtMiddleware",
]

ROOT_URLCONF = "reforms.urls"
WSGI_APPLICATION = "reforms.wsgi.application"
FORM_RENDERER = "reforms.base.rendering.FormRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reforms.base.context.page",
            ],
            "builtins": ["reforms.base.templatetags.tracker"],
        },
    },
]

DATABASES = {
    "default": env.db_url_config(DATABASE_URL)
    if DATABASE_URL
    else {"ENGINE": "django.db.backends.sqlite3", "NAME": VAR_DIR / "reform-tracker.sqlite3"}
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Writers queue instead of failing with "database is locked"; readers never wait for them.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "base.User"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# In production names carry a hash and files are collected and compressed; elsewhere they are served where they lie.
STATIC_ROOT = VAR_DIR / "static" if IS_PRODUCTION else None
STATIC_STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": STATIC_STORAGE if IS_PRODUCTION else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not IS_PRODUCTION
WHITENOISE_AUTOREFRESH = DEBUG or ENVIRONMENT == "test"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

if IS_PRODUCTION:
    SECURE_SSL_REDIRECT = True
    # A load balancer asks these over plain HTTP.
    SECURE_REDIRECT_EXEMPT = [r"^livez/?$", r"^readyz/?$"]
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=365 * 24 * 60 * 60)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    # Preloading binds every name under the owner's whole domain for good: theirs to decide, not ours.
    SILENCED_SYSTEM_CHECKS = ["security.W021"]
# Only behind a proxy that always sets this header itself: anyone could send it otherwise.
if env.bool("TRUST_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
if ENVIRONMENT == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {
        # Without this Django would mail errors to nobody.
        "django": {"handlers": [], "level": "NOTSET", "propagate": True},
        # Scanners ask for other names all day; the answer is 400 and needs nobody's attention.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}

# Without Redis a task runs where it is called: at once, in the web server or in the beat process.
CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_ALWAYS_EAGER = not REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "UTC"
# The database is the queue of record: Redis carries hints, and a Redis that hangs must not hold up a page.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 1,
    "socket_connect_timeout": 1,
    # Without these three a send waits up to 6 seconds while Redis is away.
    "max_retries": 1,
    "interval_start": 0,
    "connect_retries_timeout": 1,
}
# A worker waits for Redis to come back, however long that takes.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    # Hourly, so a missed hour is made up by the next; the job itself decides the civil day.
    "raise-flags": {"task": "reforms.alerts.tasks.raise_flags", "schedule": crontab(minute=5)},
}

# Where a fixture that is named without a path is looked for.
FIXTURES_DIR = BASE_DIR / "fixtures"
# A position is reviewed after this many months unless it says otherwise.
POSITION_REVIEW_MONTHS = 6
