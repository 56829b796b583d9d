"""Settings, all from the environment: reforms/environment says what each variable means, docs/operating.md shows it."""

import logging
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from kombu import Queue

from reforms import environment, logs
from reforms.alerts.scheduling import beat_schedule
from reforms.environment.mail import mail_of
from reforms.environment.rules import LOCAL_HOSTS
from reforms.environment.single_sign_on import single_sign_on

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
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
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
    "reforms.reports",
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
    "reforms.base.accounts.sessions.LimitedSessionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "reforms.base.kept.KeptPostMiddleware",
    "reforms.base.middleware.PrivateUnlessPublicMiddleware",
    "reforms.base.accounts.second_factor.SecondFactorMiddleware",
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
# What workers have to know of each other's work at once: how often somebody tried to sign in. In the database, because
# a Redis that is away would have to be done without, and then nobody would count.
CACHES = {"default": {"BACKEND": "reforms.base.accounts.shared_cache.SharedCache"}}

AUTH_USER_MODEL = "base.User"
LOGIN_URL = "sign-in"
CSRF_FAILURE_VIEW = "reforms.base.kept.csrf_failure"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "reforms.base.accounts.validators.ContextWordsValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60
INVITATION_DAYS = 7
SESSION_IDLE_SECONDS = 2 * 60 * 60
SESSION_LONGEST_SECONDS = 12 * 60 * 60
SESSION_COOKIE_AGE = SESSION_LONGEST_SECONDS

ACCOUNT_ADAPTER = "reforms.base.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# Administrators invite people by their address, so there is nothing for anybody to prove later on.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
# Django's own: allauth's keeps a second copy of everybody's address, by which they could sign in after it changed.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_FORMS = {
    "login": "reforms.base.accounts.forms.SignInForm",
    "change_password": "reforms.base.accounts.forms.ChangePasswordForm",
    "reauthenticate": "reforms.base.accounts.forms.ReauthenticateForm",
    "reset_password": "reforms.base.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "reforms.base.accounts.forms.NewPasswordForm",
}
# `key` is a person at an address, or, for codes, at any. It stands first: what it refuses is not held against others
# at the same address.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "5/5m/key,20/5m/ip",
    "login_failed_anywhere": "100/h/key",
    "reset_password": "3/10m/key,10/10m/ip",
    "updates": "3/h/key,20/h/ip",
}

MFA_ADAPTER = "reforms.base.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Reform Tracker"
# A telephone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "reforms.base.accounts.forms.SecondFactorForm",
    "reauthenticate": "reforms.base.accounts.forms.SecondFactorAgainForm",
    "activate_totp": "reforms.base.accounts.forms.SetUpForm",
}

SOCIALACCOUNT_ADAPTER = "reforms.base.accounts.single_sign_on.SingleSignOnAdapter"
SOCIALACCOUNT_ONLY = False
# By a link: our rules of content keep a form from leading to another site, and nobody gains by this link but its owner.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = single_sign_on(configuration)
OIDC_DOMAINS = configuration.oidc_domains

# Without a server mail is printed where one works on the code, and goes nowhere in production: letters carry links that
# let people in, and what is printed there is kept.
SENDS_MAIL = bool(configuration.email_url)
mail = mail_of(configuration)
EMAIL_BACKEND = mail.backend
EMAIL_HOST, EMAIL_PORT = mail.host, mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = mail.user, mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL = mail.uses_tls, mail.uses_ssl
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = mail.sender
# Letters are read where nothing says which site they belong to.
SITE_URL = configuration.site_address
# Letters of notices are forgotten so many days after they were sent or given up.
LETTER_DAYS = 30

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
# What a worker has taken is gone from Redis: a hint that dies with it makes something late and loses nothing. Where it
# had yet to say that it has it, a worker whose Redis was killed at that moment ended by a mistake of its libraries.
CELERY_TASK_QUEUES = [Queue("celery", no_ack=True)]
# A worker waits for Redis to come back, however long that takes.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# No task is acknowledged late, so this cancels none; without it a worker warns each time Redis goes away.
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = beat_schedule()

# Where a fixture that is named without a path is looked for.
FIXTURES_DIR = BASE_DIR / "fixtures"
# A position is reviewed after this many months unless it says otherwise.
POSITION_REVIEW_MONTHS = 6
