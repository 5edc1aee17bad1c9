"""The private PostgreSQL as the rest of Linkworks sees it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from linkworks.config.environment import EnvironmentProblem, kept_secret
from linkworks.config.postgres import roles
from linkworks.config.postgres.account import Account, server_account
from linkworks.config.postgres.locks import InUse, only_one
from linkworks.config.postgres.places import Places, places
from linkworks.config.postgres.problems import PostgresProblem, from_system
from linkworks.config.postgres.programs import choose
from linkworks.config.postgres.server import ADMIN, Server, make_passable, prepare_folders


@dataclass(frozen=True)
class Urls:
    """The addresses of the private database for its three roles."""

    admin_url: str = field(repr=False)
    owner_url: str = field(repr=False)
    app_url: str = field(repr=False)


@dataclass(frozen=True)
class Cluster:
    """A running private PostgreSQL, in use by this process until `stop`."""

    admin_url: str = field(repr=False)
    owner_url: str = field(repr=False)
    app_url: str = field(repr=False)
    socket_dir: Path
    data_dir: Path
    server: Server = field(repr=False)
    in_use: InUse = field(repr=False)

    def keep_running(self) -> None:
        """Start the server again if it was killed."""
        if not self.server.answers():
            with only_one(self.server.places.start_lock):
                self.server.start()

    def stop(self) -> None:
        """Stop using the server; the last process that uses it stops the server itself."""
        with only_one(self.server.places.start_lock):
            if self.in_use.let_go():
                self.server.stop()


def ensure_running(data_dir: Path) -> Cluster:
    """Start the private PostgreSQL of a data directory, or adopt it when it runs already."""
    account = server_account()
    with plain_problems(data_dir):
        make_passable(data_dir)
        where = places(data_dir, account)
        keep_passwords(where)
        with only_one(where.start_lock):
            server = start(where, account)
            in_use = InUse(where.use_lock)
            passwords = keep_passwords(where)
            try:
                roles.make_roles(server, passwords[ADMIN], passwords[roles.OWNER], passwords[roles.APP])
            except PostgresProblem:
                if in_use.let_go():
                    server.stop()
                raise
    urls = connection_urls(data_dir)
    return Cluster(urls.admin_url, urls.owner_url, urls.app_url, where.socket_dir, where.data_dir, server, in_use)


def start(where: Places, account: Account) -> Server:
    """Start or adopt the server, made first when there is none."""
    prepare_folders(where, account)
    server = Server(where, choose(where, account, data_major(where)), account)
    if not where.data.exists():
        server.make(keep_passwords(where)[ADMIN])
    server.start()
    return server


def connection_urls(data_dir: Path) -> Urls:
    """The addresses of the private database, without starting anything."""
    where = places(data_dir, server_account())
    passwords = keep_passwords(where)

    def url(role: str, database: str) -> str:
        return f"postgresql://{role}:{passwords[role]}@/{database}?host={quote(str(where.socket_dir), safe='/')}"

    return Urls(url(ADMIN, "postgres"), url(roles.OWNER, roles.DATABASE), url(roles.APP, roles.DATABASE))


def keep_passwords(where: Places) -> dict[str, str]:
    """The password of each role, made once."""
    return {role: kept_secret(where.secrets / f"{role}.password") for role in (ADMIN, roles.OWNER, roles.APP)}


def data_major(where: Places) -> int | None:
    """The major version of the PostgreSQL that made the data, or nothing when there is no data."""
    mark = where.data / "PG_VERSION"
    return int(mark.read_text().strip().split(".")[0]) if mark.exists() else None


@contextmanager
def plain_problems(data_dir: Path) -> Iterator[None]:
    """Say in one sentence what stopped us, whatever it was."""
    try:
        yield
    except EnvironmentProblem as error:
        if isinstance(error.__cause__, OSError):
            raise from_system(error.__cause__, data_dir) from error
        raise PostgresProblem(str(error)) from error
    except OSError as error:
        raise from_system(error, Path(error.filename or data_dir)) from error
