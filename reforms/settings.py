"""Settings, all from the environment: reforms/environment says what each variable means, docs/operating.md shows it."""

import logging
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF

from reforms import environment, logs
from reforms.environment.rules import LOCAL_HOSTS

BASE_DIR = Path(__file__).resolve().parent.parent
configuration = environment.read()
# Everything the site writes that is not in a database of the user's: one folder, ignored by git.
VAR_DIR = Path(configuration.var_dir or BASE_DIR / "var").resolve()
DATABASE_URL = configuration.database_url
REDIS_URL = configuration.redis_url

DEBUG = configuration.debug
ALLOWED_HOSTS = list(configuration.allowed_hosts or LOCAL_HOSTS)
ENVIRONMENT = configuration.environment_name
IS_PRODUCTION = configuration.is_production
# Without a database of the user's, everything lives in one SQLite file, and the demo people may exist.
IS_EMBEDDED_DATABASE = not DATABASE_URL

try:
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    SECRET_KEY = configuration.secret_key or environment.kept_secret_key(VAR_DIR)
except OSError as error:
    raise environment.RefusedError(
        f"Nothing can be written in VAR_DIR, the folder {VAR_DIR}: {error.strerror}"
    ) from error

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
    "django_structlog",
    "reforms.base.apps.BaseConfig",
    "pillars",
    "councils",
    "consultations",
    "reforms.alerts",
    "reforms.pages",
]

MIDDLEWARE = [
    "reforms.base.stack.with_room",
    "reforms.logs.requests.RequestLogMiddleware",
    "reforms.base.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "reforms.base.middleware.UnstoredMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "reforms.base.middleware.PrivateUnlessPublicMiddleware",
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
    "default": environ.Env.db_url_config(DATABASE_URL)
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
    # To open it is to read the whole schema, which takes longer than most questions.
    DATABASES["default"]["CONN_MAX_AGE"] = 60
else:
    DATABASES["default"] |= {
        "ENGINE": "reforms.base.postgresql",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # A server that is away, or whose machine has vanished, is noticed in seconds. DATABASE_URL may say otherwise.
        "OPTIONS": {
            "connect_timeout": 3,
            "keepalives_idle": 30,
            "keepalives_interval": 10,
            "keepalives_count": 3,
            "tcp_user_timeout": 30_000,
            # Our statements are long and quick: to compile one takes many times longer than to run it.
            # What is said here is said instead of PGOPTIONS, so that is said here too.
            "options": f"-c jit=off {configuration.pgoptions}".strip(),
        }
        | environ.Env.db_url_config(DATABASE_URL).get("OPTIONS", {}),
    }
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
STATIC_ROOT = Path(configuration.static_root or VAR_DIR / "static") if IS_PRODUCTION else None
STATIC_STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": STATIC_STORAGE if IS_PRODUCTION else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not IS_PRODUCTION
# Our style sheets are for our own pages.
WHITENOISE_ALLOW_ALL_ORIGINS = False
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
    SECURE_HSTS_SECONDS = configuration.hsts_seconds
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    # Preloading binds every name under the owner's whole domain for good: theirs to decide, not ours.
    SILENCED_SYSTEM_CHECKS = ["security.W021"]
# Only behind a proxy that always sets these headers itself: anyone could send them otherwise.
TRUST_PROXY = configuration.trust_proxy
if TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
if ENVIRONMENT == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

LOGGING = logs.logging_for(configuration)
LOGGING_CONFIG = "reforms.logs.start"
# A task carries the number of the request that asked for it.
DJANGO_STRUCTLOG_CELERY_ENABLED = True
# One line for each task, when it has ended: beat alone sends one a minute.
DJANGO_STRUCTLOG_CELERY_TASK_START_LOG_LEVEL = logging.DEBUG

# Without Redis a task runs where it is called: at once, in the web server or in the beat process.
CELERY_BROKER_URL = REDIS_URL or "memory://localhost"
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
# No task is acknowledged late, so this cancels none; without it a worker warns each time Redis goes away.
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# What has waited for a worker longer than until its next time is dropped: no storm after a night without one.
CELERY_BEAT_SCHEDULE = {
    # Hourly, so a missed hour is made up by the next; the job itself decides the civil day.
    "raise-flags": {
        "task": "reforms.alerts.tasks.raise_flags",
        "schedule": crontab(minute=5),
        "options": {"expires": 60 * 60},
    },
    # A sign of life, which goes the whole way from beat through Redis and a worker to the database.
    "beat": {"task": "reforms.alerts.tasks.beat", "schedule": crontab(), "options": {"expires": 60}},
}

# Where a fixture that is named without a path is looked for.
FIXTURES_DIR = BASE_DIR / "fixtures"
# A position is reviewed after this many months unless it says otherwise.
POSITION_REVIEW_MONTHS = 6
