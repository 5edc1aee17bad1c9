"""A referral, with its move, its audit rows and its job in one transaction, against one bare durable row."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

import psycopg
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from linkworks.core import tenancy
from linkworks.core.actor import Actor
from linkworks.core.idempotency import new_token
from linkworks.referrals import actions
from linkworks.referrals.rules import Reach, ReferralDetails
from tests.cast import Cast

from .report import Figure
from .timing import Spread, at_once, taking_turns

THREADS = 4
JOB = "referrals.tell_received"


def measure(cast: Cast, *, turns: int, rounds: int) -> Iterator[Figure]:
    actor, scheme_id = cast.actor(cast.referrer), cast.scheme.id
    make_bare_table()
    sent = refer(actor, scheme_id)
    yield Figure("referral-statements", statements(lambda: refer(actor, scheme_id)), "with BEGIN, context and COMMIT")
    with bare_link() as link:
        taken = taking_turns({"ours": lambda: refer(actor, scheme_id), "bare": lambda: bare(link)}, turns)
    yield Figure.times("referral-1-thread", taken["ours"], taken["bare"])
    yield in_threads(actor, scheme_id, rounds)
    yield from nothing_lost(cast, sent)


def refer(actor: Actor, scheme_id: Any) -> Any:
    """What the page does when "Send referral" is pressed, committed."""
    details = ReferralDetails(
        referrer_type="gp", given_name="Winston", family_name="Campbell", postcode="SE15 5DD", needs=("loneliness",),
        contact_channels=(Reach("phone", "020 7946 0123"),), told_and_agrees=True, from_organisation_id=actor.organisation_id,
        from_organisation_name=actor.organisation_name, referrer_user_id=actor.user_id, referrer_name=actor.name,
    )  # fmt: skip
    with transaction.atomic(), tenancy.context(actor):
        return actions.send(scheme_id=scheme_id, details=details, door="account", by=actor, token=new_token()).id


def bare(link: psycopg.Connection) -> None:
    """The least a durable write can be: one number, committed, prepared beforehand."""
    link.execute("INSERT INTO bench_bare (number) VALUES (%s)", [1], prepare=True)


def make_bare_table() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_bare (number integer)")
        role = connection.settings_dict["USER"]
        cursor.execute(f'GRANT INSERT ON bench_bare TO "{role}"')


@contextmanager
def bare_link() -> Iterator[psycopg.Connection]:
    params = connection.get_connection_params()
    for name in ("context", "cursor_factory", "prepare_threshold"):
        params.pop(name, None)
    with psycopg.connect(**params, autocommit=True) as link:
        yield link


def statements(work: Callable[[], object]) -> int:
    """How many statements reach the database, with the two that begin and end the transaction."""
    with CaptureQueriesContext(connection) as seen:
        work()
    return len([each for each in seen if each["sql"] not in {"BEGIN", "COMMIT"}]) + 2


def in_threads(actor: Actor, scheme_id: Any, rounds: int, each: int = 25) -> Figure:
    """Four at once: referrals, then bare rows, in turn."""
    ours, plain = [], []
    for _ in range(rounds):
        ours.append(at_once(lambda _: refer_many(actor, scheme_id, each), THREADS) / each)
        plain.append(at_once(lambda _: bare_many(each * 8), THREADS) / (each * 8))
    detail = f"{THREADS / median(ours):.0f} a second against {THREADS / median(plain):.0f}"
    return Figure("referral-4-threads", median(ours) / median(plain), detail, Spread(tuple(plain)).is_wild)


def refer_many(actor: Actor, scheme_id: Any, times: int) -> None:
    try:
        for _ in range(times):
            refer(actor, scheme_id)
    finally:
        connection.close()


def bare_many(times: int) -> None:
    with bare_link() as link:
        for _ in range(times):
            bare(link)


COUNTS = {
    "referrals without a move": """SELECT count(*) FROM referrals_referral r WHERE NOT EXISTS
        (SELECT 1 FROM referrals_referralmove m WHERE m.referral_id = r.id AND m.to_state = 'sent')""",
    "referrals without an audit row": """SELECT count(*) FROM referrals_referral r WHERE NOT EXISTS
        (SELECT 1 FROM referrals_referralevent e WHERE e.pgh_obj_id = r.id)""",
    "referrals without a job": f"""SELECT count(*) FROM referrals_referral r WHERE NOT EXISTS
        (SELECT 1 FROM procrastinate_jobs j WHERE j.task_name = '{JOB}' AND j.args -> 'ids' ->> 0 = r.id::text)""",
}


def nothing_lost(cast: Cast, sent: Any) -> Iterator[Figure]:
    """Every referral has its move, its audit row and its job. One taken away must be noticed, or the count proves nothing."""
    with transaction.atomic(), tenancy.context(cast.everything), connection.cursor() as cursor:
        missing = sum(count(cursor, sql) for sql in COUNTS.values())
        total = count(cursor, "SELECT count(*) FROM referrals_referral")
    yield Figure("referral-incomplete", missing, f"of {total} referrals, each with move, audit row and job")
    yield Figure("referral-loss-noticed", notices_loss(cast, sent), "a job taken away on purpose")


def count(cursor: Any, sql: str) -> int:
    cursor.execute(sql)
    return int(cursor.fetchone()[0])


def notices_loss(cast: Cast, sent: Any) -> int:
    with transaction.atomic(), tenancy.context(cast.everything), connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET args = %s WHERE args -> 'ids' ->> 0 = %s", ["{}", str(sent)])
        found = count(cursor, COUNTS["referrals without a job"])
        transaction.set_rollback(True)
    return found
