"""The database connections: `default` serves pages and jobs, `limits` counts wrong tries, `owner` only migrates."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from . import environment, postgres

# A partitioned or wedged database must fail a request, not hang it (reference: reliability, section 7).
TIMEOUTS = {
    "connect_timeout": 3,
    "tcp_user_timeout": 3000,
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
}
SERVING = "-c statement_timeout=10000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=15000"


def django_databases() -> dict[str, dict[str, Any]]:
    """Django's DATABASES, from DATABASE_URL or from the private cluster's sockets. Starts nothing."""
    serving, owner = urls()
    return {
        "default": from_url(serving, SERVING)
        | {"ATOMIC_REQUESTS": True, "CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 60},
        "limits": from_url(serving, SERVING) | {"CONN_MAX_AGE": 0},
        "owner": from_url(owner) | {"CONN_MAX_AGE": 0},
    }


def urls() -> tuple[str, str]:
    """(serving, owner) addresses."""
    given = environment.env("DATABASE_URL")
    if given:
        return given, environment.env("LINKWORKS_OWNER_DATABASE_URL", given) or given
    private = postgres.connection_urls(environment.data_dir())
    return private.app_url, private.owner_url


def from_url(url: str, settings: str = "") -> dict[str, Any]:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", None) or unquote(parts.hostname or "")
    options: dict[str, Any] = {**TIMEOUTS, **query, "application_name": "linkworks"}
    if settings:
        options["options"] = settings
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }
