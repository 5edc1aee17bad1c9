"""A mail server in memory: it keeps what it was handed, and fails as it is told to."""

from email.message import EmailMessage
from typing import Any


class FakeSMTP:
    """Stands in for smtplib.SMTP. `letters` holds (from, to, message); `failing` is raised at the next hand-over."""

    letters: list[tuple[str, list[str], EmailMessage]] = []
    failing: Exception | None = None
    refusing: Exception | None = None
    refusing_login: Exception | None = None
    sessions: list[dict[str, Any]] = []

    @classmethod
    def reset(cls) -> None:
        cls.letters, cls.sessions, cls.failing, cls.refusing = [], [], None, None
        cls.refusing_login = None

    def __init__(self, host: str, port: int, **options: Any) -> None:
        if self.refusing:
            raise self.refusing
        self.session: dict[str, Any] = {"host": host, "port": port, "tls": False, "login": None}
        self.sessions.append(self.session)

    def __enter__(self) -> "FakeSMTP":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def starttls(self, **_: Any) -> None:
        self.session["tls"] = True

    def login(self, user: str, password: str) -> None:
        if self.refusing_login:
            raise self.refusing_login
        self.session["login"] = (user, password)

    def close(self) -> None:
        self.session["closed"] = True

    def send_message(self, letter: EmailMessage, from_addr: str, to_addrs: list[str]) -> None:
        if self.failing:
            raise self.failing
        self.letters.append((from_addr, to_addrs, letter))
