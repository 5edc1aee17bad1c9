"""Every setting read from the environment, in one list, with readers that explain what is wrong.

Nothing here imports Django, because the command line reads it before Django is set up.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

MODES = ("development", "demo", "production")


class EnvironmentProblem(Exception):
    """A setting is missing or cannot be understood; the message says what to do about it."""


@dataclass(frozen=True)
class Variable:
    """One name that may be set in the environment, and what it is for."""

    name: str
    about: str
    example: str = ""


_LISTED = (
    Variable("LINKWORKS_MODE", "development, demo or production.", "development"),
    Variable("LINKWORKS_HOST", "Address the web server listens on.", "127.0.0.1"),
    Variable("LINKWORKS_PORT", "Port the web server listens on.", "8000"),
    Variable("LINKWORKS_WORKERS", "Number of web server processes.", "2"),
    Variable("LINKWORKS_THREADS", "Number of threads in each web server process.", "4"),
    Variable(
        "LINKWORKS_DATA_DIR",
        "Folder for the private database and secrets (root: /var/lib/linkworks, others: ~/.local/share/linkworks).",
        "/var/lib/linkworks",
    ),
    Variable(
        "DATABASE_URL",
        "PostgreSQL 15 or newer for web and worker, as a role that owns nothing; unset: a private one is started.",
        "postgresql://linkworks_app:password@localhost/linkworks",
    ),
    Variable(
        "LINKWORKS_OWNER_DATABASE_URL",
        "The same database as the role that owns the tables, for migrations; unset: DATABASE_URL.",
        "postgresql://linkworks_owner:password@localhost/linkworks",
    ),
    Variable(
        "LINKWORKS_PG_BIN",
        "Folder with the PostgreSQL programs for the private database.",
        "/usr/lib/postgresql/15/bin",
    ),
    Variable(
        "LINKWORKS_SECRET_KEY",
        "Long random text that signs sessions and links; must be set in production, else made once and kept.",
        "",
    ),
    Variable(
        "LINKWORKS_SECRET_KEY_FALLBACKS",
        "Earlier secret keys, parted by commas, so that links and second factors made with them still work.",
        "",
    ),
    Variable("LINKWORKS_ALLOWED_HOSTS", "Host names the site answers to, parted by commas.", "localhost,127.0.0.1"),
    Variable(
        "LINKWORKS_HSTS_SUBDOMAINS",
        "1: browsers may open every name below this one by https only; production, if all of them have it.",
        "0",
    ),
    Variable(
        "LINKWORKS_HSTS_PRELOAD",
        "1: browser makers may build that in; set it only to ask for their list, since it is hard to undo.",
        "0",
    ),
    Variable("LINKWORKS_BASE_URL", "Address people reach the site at, used in e-mails.", "http://127.0.0.1:8000"),
    Variable(
        "LINKWORKS_EMAIL_URL",
        "Mail server for sending e-mail; unset: messages land in the outbox page.",
        "smtp://user:password@mail.example.org:587?tls=true",
    ),
    Variable("LINKWORKS_EMAIL_FROM", "Address e-mails come from.", "linkworks@example.org"),
    Variable("LINKWORKS_NOTIFY_KEY", "GOV.UK Notify key; unset: no text messages or Notify e-mails leave.", ""),
    Variable(
        "LINKWORKS_NOTIFY_EMAIL_TEMPLATE",
        "Id of a Notify e-mail template that holds only ((subject)) and ((body)).",
        "",
    ),
    Variable("LINKWORKS_NOTIFY_TEXT_TEMPLATE", "Id of a Notify text message template that holds only ((body)).", ""),
    Variable(
        "LINKWORKS_OPEN_DATA_LICENCE",
        "Licence under which what is public of schemes may be used again.",
        "Open Government Licence v3.0",
    ),
    Variable("LINKWORKS_CHROMIUM", "Chromium program for the browser tests.", "/usr/bin/chromium"),
    Variable("REQUIRE_BROWSER", "1: browser tests fail instead of being skipped when there is no Chromium.", "0"),
    Variable("LINKWORKS_SCREENSHOTS", "1: browser tests keep a picture of each page in var/screenshots.", "0"),
)

VARIABLES = {variable.name: variable for variable in _LISTED}

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}


def env(name: str, default: str | None = None) -> str | None:
    """The text of a listed setting; empty counts as unset."""
    if name not in VARIABLES:
        raise LookupError(f"{name} is not listed in linkworks/config/environment.py")
    return os.environ.get(name, "").strip() or default


def env_required(name: str) -> str:
    """The text of a setting Linkworks cannot do without."""
    value = env(name)
    if value is None:
        raise EnvironmentProblem(
            f"{name} is not set. {VARIABLES[name].about} Set it in the environment and start again; "
            f".env.example lists every setting."
        )
    return value


def env_int(name: str, default: int, *, least: int = 0, most: int = 1_000_000) -> int:
    """A whole number within limits."""
    value = env(name)
    if value is None:
        return default
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise EnvironmentProblem(f'{name} is "{value}", but must be a whole number from {least} to {most}.')
    return int(value)


def env_bool(name: str, default: bool = False) -> bool:
    """A yes or no."""
    value = env(name)
    if value is None:
        return default
    if value.lower() not in _TRUE | _FALSE:
        raise EnvironmentProblem(f'{name} is "{value}", but must be 1 (yes) or 0 (no).')
    return value.lower() in _TRUE


def env_list(name: str, default: list[str] | None = None) -> list[str]:
    """Words parted by commas."""
    value = env(name)
    if value is None:
        return list(default or [])
    return [word.strip() for word in value.split(",") if word.strip()]


def env_choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    """One of a few words."""
    value = env(name, default) or default
    if value not in choices:
        raise EnvironmentProblem(f'{name} is "{value}", but must be one of: {", ".join(choices)}.')
    return value


def env_path(name: str, default: Path) -> Path:
    """A file or folder, made absolute."""
    value = env(name)
    return (Path(value).expanduser() if value else default).absolute()


def mode() -> str:
    """Which kind of installation this is: development, demo or production."""
    return env_choice("LINKWORKS_MODE", "development", MODES)


def data_dir() -> Path:
    """Where this installation keeps its private database and secrets."""
    if os.geteuid() == 0:
        return env_path("LINKWORKS_DATA_DIR", Path("/var/lib/linkworks"))
    return env_path("LINKWORKS_DATA_DIR", Path.home() / ".local/share/linkworks")


def web_host() -> str:
    """The address the web server listens on. A development site shows its outbox to anybody, so it stays on this machine."""
    host = env("LINKWORKS_HOST", "127.0.0.1") or "127.0.0.1"
    if mode() == "development" and not is_this_machine(host):
        raise EnvironmentProblem(
            f"LINKWORKS_HOST is {host}, which other machines can reach, but this is a development site: anybody could read its "
            "messages. Set LINKWORKS_MODE=production, or LINKWORKS_MODE=demo for made-up people only."
        )
    return host


def is_this_machine(host: str) -> bool:
    return host in {"localhost", "::1"} or host.startswith("127.")


def web_port() -> int:
    """The port the web server listens on."""
    return env_int("LINKWORKS_PORT", 8000, least=1, most=65535)


def base_url() -> str:
    """The address people reach the site at, without a closing slash."""
    given = env_required("LINKWORKS_BASE_URL") if mode() == "production" else env("LINKWORKS_BASE_URL")
    return (given or f"http://{web_host()}:{web_port()}").rstrip("/")


def allowed_hosts() -> list[str]:
    """The names the site answers to; production has to say which."""
    if mode() == "production":
        env_required("LINKWORKS_ALLOWED_HOSTS")
    return env_list("LINKWORKS_ALLOWED_HOSTS", ["localhost", "127.0.0.1", "testserver"])


def secret_key() -> str:
    """The key that signs sessions and links: given in production, otherwise made once and kept."""
    if mode() != "production":
        return env("LINKWORKS_SECRET_KEY") or kept_secret(data_dir() / "secrets" / "secret-key")
    key = env_required("LINKWORKS_SECRET_KEY")
    if len(key) < 50:
        raise EnvironmentProblem(
            "LINKWORKS_SECRET_KEY is too short: use at least 50 random characters, for example from `openssl rand -base64 48`."
        )
    return key


def kept_secret(path: Path) -> str:
    """Random text made at the first call and kept in a file only this user can read."""
    try:
        make_private(path.parent)
        _write_once(path, secrets.token_urlsafe(48))
        return path.read_text().strip()
    except OSError as error:
        raise EnvironmentProblem(
            f"Linkworks cannot keep its secrets in {path.parent} ({error.strerror}). "
            f"Set LINKWORKS_DATA_DIR to a folder this user may write to."
        ) from error


def make_private(folder: Path) -> None:
    """Make a folder only this user may look into; the folder above it may be passed through, not listed."""
    missing = [above for above in folder.parents if not above.exists()]
    for above in reversed(missing):
        above.mkdir(mode=0o711, exist_ok=True)
        above.chmod(0o711)
    folder.mkdir(mode=0o700, exist_ok=True)


def _write_once(path: Path, text: str) -> None:
    """Write a file whole or not at all; the first of two writers wins."""
    if path.exists():
        return
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text + "\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
