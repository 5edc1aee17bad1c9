"""/healthz: whether this installation can serve people, and if not, what is missing."""

from collections.abc import Callable

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linkworks.core.access import public
from linkworks.core.health import CHECKS, WARNINGS

MATCH_DATA = "match data"
WORKER_SECONDS = 60
_migrated: set[str] = set()


@never_cache
@require_safe
@transaction.non_atomic_requests
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when everything needed is well, and 503 naming what is not; warnings stop nobody."""
    problems = find_problems()
    warnings = {} if problems else find_warnings()
    status = {"status": "unwell" if problems else "well", "problems": problems, "warnings": warnings}
    return JsonResponse(status, status=503 if problems else 200)


# Open to everybody like every @public page, but without its transaction: it has to answer while the database is away.
healthz.access = public  # type: ignore[attr-defined]


def find_problems() -> dict[str, str]:
    """What is not well: name and sentence. Without a database nothing else can be asked."""
    problem = ask(database_problem)
    if problem:
        return {"database": problem}
    checks = {"migrations": migrations_problem, "worker": worker_problem, **CHECKS}
    return answers(checks)


def find_warnings() -> dict[str, str]:
    """What works and still wants somebody's eye: name and sentence."""
    return answers({"sending": sending_warning, **WARNINGS})


def answers(checks: dict[str, Callable[[], str | None]]) -> dict[str, str]:
    found = {name: ask(check) for name, check in checks.items()}
    return {name: said for name, said in found.items() if said}


def ask(check: Callable[[], str | None]) -> str | None:
    """The answer of one check; a database error is an answer too, without its details."""
    try:
        return check()
    except Error:
        connection.close()
        return "The database did not answer this."


def database_problem() -> str | None:
    """Whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return None


def migrations_problem() -> str | None:
    """Whether the tables are those this version of Linkworks needs."""
    count = unapplied_migrations()
    return f"{count} migrations are not applied: run `linkworks migrate`." if count else None


def unapplied_migrations(alias: str = DEFAULT_DB_ALIAS) -> int:
    """How many migrations are missing; once none is, that stays true while this process runs."""
    if alias in _migrated:
        return 0
    executor = MigrationExecutor(connections[alias])
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not missing:
        _migrated.add(alias)
    return missing


def sending_warning() -> str | None:
    """Whether messages to groups, referrers and staff can leave at all; nobody is told of a referral by a silent server."""
    by_notify = settings.NOTIFY_KEY and settings.NOTIFY_EMAIL_TEMPLATE
    if not settings.IN_PRODUCTION or settings.EMAIL_URL or by_notify:
        return None
    return "No e-mail leaves: set LINKWORKS_EMAIL_URL, or LINKWORKS_NOTIFY_KEY with an e-mail template."


def match_data_problem() -> str | None:
    """Whether postcodes and places are loaded; the directory registers the check."""
    check = CHECKS.get(MATCH_DATA)
    return check() if check else None


def worker_problem() -> str | None:
    """Whether a worker has shown a sign of life within the last minute."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)",
            [WORKER_SECONDS],
        )
        (alive,) = cursor.fetchone()
    return None if alive else "No worker is running: start one with `linkworks worker`."
