"""Every variable the project reads from the environment, declared once.

docs/operating.md shows this as a table, and nothing else may look at the environment: tests see to both.
"""

from __future__ import annotations

from dataclasses import Field, dataclass, field, fields
from typing import Any

from reforms.environment.kinds import (
    DATABASE,
    FLAG,
    HOSTS,
    HTTPS,
    LISTENING,
    MAIL,
    MAILBOX,
    REDIS,
    SITE,
    TEXT,
    Kind,
    number,
    one_of,
)
from reforms.environment.rules import LOCAL_HOSTS, name_of

KEY = "variable"


@dataclass(frozen=True, kw_only=True)
class Variable:
    """What a variable means. `without` says in words what happens when it is not set; `read_by` who looks at it."""

    kind: Kind
    meaning: str
    without: str
    example: str
    read_by: tuple[str, ...]
    required: str = ""
    is_secret: bool = False


def variable(*, default: Any, **declared: Any) -> Any:
    """A field of Configuration, with its declaration."""
    return field(default=default, metadata={KEY: Variable(**declared)})


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """What the environment says. The variable of a field has the same name, in capitals."""

    port: int = variable(
        default=8000,
        kind=number(1, 65535),
        meaning="where to listen",
        without="`8000`",
        example="8001",
        read_by=("site", "web server", "probe", "./run"),
    )
    host: str = variable(
        default="",
        kind=LISTENING,
        meaning="the address to listen on",
        without="this machine alone, IPv4 and IPv6",
        example="10.0.0.4",
        read_by=("web server", "probe"),
    )
    allowed_hosts: tuple[str, ...] = variable(
        default=(),
        kind=HOSTS,
        meaning="names the site answers to; never `*`. Any name but this machine's means production",
        without=f"`{', '.join(LOCAL_HOSTS)}`",
        example="reforms.example.org",
        required="in production",
        read_by=("site", "probe"),
    )
    secret_key: str = variable(
        default="",
        kind=TEXT,
        meaning="signs sessions and links: 50 random characters or more, the same on every machine",
        without="a random one, kept in `VAR_DIR`",
        example="(random)",
        required="in production",
        is_secret=True,
        read_by=("site",),
    )
    database_url: str = variable(
        default="",
        kind=DATABASE,
        meaning="the database",
        without="one SQLite file in `VAR_DIR`",
        example="postgres://user:password@host:5432/name",
        is_secret=True,
        read_by=("site",),
    )
    redis_url: str = variable(
        default="",
        kind=REDIS,
        meaning="the broker that carries tasks to workers",
        without="tasks run where they are called",
        example="redis://host:6379/0",
        is_secret=True,
        read_by=("site",),
    )
    django_env: str = variable(
        default="",
        kind=one_of("production", "development", "test"),
        meaning="what kind of place this is",
        without="read from `ALLOWED_HOSTS`",
        example="production",
        read_by=("site",),
    )
    debug: bool = variable(
        default=False,
        kind=FLAG,
        meaning="Django's error pages; refused in production",
        without="off",
        example="true",
        read_by=("site",),
    )
    trust_proxy: bool = variable(
        default=False,
        kind=FLAG,
        meaning="believe `X-Forwarded-Proto`, `X-Request-ID` and the last address of `X-Forwarded-For`. "
        "Only behind a proxy that always sets all three itself",
        without="off: none is believed",
        example="true",
        read_by=("site",),
    )
    hsts_seconds: int = variable(
        default=365 * 24 * 60 * 60,
        kind=number(0),
        meaning="how long browsers must use HTTPS, in production",
        without="one year",
        example="3600",
        read_by=("site",),
    )
    log_level: str = variable(
        default="",
        kind=one_of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"),
        meaning="the least level that is logged; a request is `INFO`",
        without="`INFO` in production, otherwise `WARNING`",
        example="WARNING",
        read_by=("site",),
    )
    log_format: str = variable(
        default="",
        kind=one_of("json", "lines"),
        meaning="one JSON object a line, or lines for people",
        without="`json` in production, otherwise `lines`",
        example="json",
        read_by=("site",),
    )
    web_concurrency: int = variable(
        default=2,
        kind=number(1, 256),
        meaning="web server processes, four threads each",
        without="`2`",
        example="4",
        read_by=("web server",),
    )
    var_dir: str = variable(
        default="",
        kind=TEXT,
        meaning="the one folder the site writes in",
        without="`var/` beside the code",
        example="/var/lib/reform-tracker",
        read_by=("site",),
    )
    static_root: str = variable(
        default="",
        kind=TEXT,
        meaning="where `collectstatic` puts style sheets and scripts, in production",
        without="`static/` in `VAR_DIR`",
        example="/srv/static",
        read_by=("site",),
    )

    pgoptions: str = variable(
        default="",
        kind=TEXT,
        meaning="options of each connection that the web server makes to PostgreSQL",
        without="an answer within 30 seconds, and no transaction left open for more than 60",
        example="-c statement_timeout=10s",
        read_by=("site", "web server"),
    )

    email_url: str = variable(
        default="",
        kind=MAIL,
        meaning="the server that sends letters: invitations and new passwords",
        without="printed at the workbench; none are sent in production, and administrators pass links on",
        example="smtp+tls://user:password@mail.example.org:587",
        is_secret=True,
        read_by=("site",),
    )
    email_from: str = variable(
        default="",
        kind=MAILBOX,
        meaning="whom letters come from",
        without="`reform-tracker@` and the first of `ALLOWED_HOSTS`",
        example="reforms@example.org",
        read_by=("site",),
    )
    site_url: str = variable(
        default="",
        kind=SITE,
        meaning="how addresses in letters begin",
        without="`https://` and the first of `ALLOWED_HOSTS`; at the workbench `http://localhost:PORT`",
        example="https://reforms.example.org",
        read_by=("site",),
    )
    oidc_server_url: str = variable(
        default="",
        kind=HTTPS,
        meaning="the OpenID Connect provider that people may sign in with. "
        "With Entra ID it names one tenant: `https://login.microsoftonline.com/TENANT/v2.0`",
        without="e-mail and password alone",
        example="https://id.example.org",
        required="with the other three",
        read_by=("site",),
    )
    oidc_client_id: str = variable(
        default="",
        kind=TEXT,
        meaning="how the provider knows this site",
        without="as above",
        example="reform-tracker",
        required="with the other three",
        read_by=("site",),
    )
    oidc_client_secret: str = variable(
        default="",
        kind=TEXT,
        meaning="proves to the provider that it is this site",
        without="as above",
        example="(random)",
        required="with the other three",
        is_secret=True,
        read_by=("site",),
    )
    oidc_name: str = variable(
        default="",
        kind=TEXT,
        meaning="what the way to the provider is called on the sign-in page",
        without="as above",
        example="Exampleshire Council",
        required="with the other three",
        read_by=("site",),
    )
    oidc_domains: tuple[str, ...] = variable(
        default=(),
        kind=HOSTS,
        meaning="domains whose e-mail addresses the provider vouches for where it does not say `email_verified`. "
        "Entra ID does not, unless it is told to send `xms_edov`",
        without="only addresses that it says are verified",
        example="exampleshire.gov.uk",
        read_by=("site",),
    )

    @property
    def environment_name(self) -> str:
        """`production`, `development` or `test`."""
        return name_of(self.django_env, self.allowed_hosts or LOCAL_HOSTS)

    @property
    def is_production(self) -> bool:
        return self.environment_name == "production"

    @property
    def site_address(self) -> str:
        """How a whole address of the site begins, without a slash at its end."""
        if self.site_url:
            return self.site_url.rstrip("/")
        if not self.is_production:
            return f"http://localhost:{self.port}"
        return f"https://{(self.allowed_hosts or LOCAL_HOSTS)[0].lstrip('.')}"


def declared() -> dict[str, tuple[Field[Any], Variable]]:
    """Each variable by its name in the environment, with its field in Configuration."""
    return {found.name.upper(): (found, found.metadata[KEY]) for found in fields(Configuration)}
