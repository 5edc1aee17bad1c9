"""The context belongs to one transaction: not to the connection, not to the next request, not to an error."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import psycopg
import pytest
from django.db import connection, connections, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from psycopg_pool import ConnectionPool

from linkworks.core import access, tenancy
from linkworks.core.actor import PUBLIC
from linkworks.core.errors import NotAllowed
from linkworks.people.models import Person
from tests.context import database_context

TURNS = 10_000
THREADS = 8
SET = "SELECT " + ", ".join(["set_config(%s, %s, true)"] * len(tenancy.SETTINGS))
SEEN = "SELECT array_agg(DISTINCT scheme_id), count(*) FROM people_person"


@pytest.fixture(scope="module")
def pool(town):
    """Two connections for everybody, as the serving role."""
    params = connections["default"].get_connection_params()
    for ours in ("cursor_factory", "context", "prepare_threshold"):
        params.pop(ours, None)
    with ConnectionPool(kwargs=params, min_size=2, max_size=2, timeout=30) as made:
        yield made


class Interrupted(Exception):
    """Somebody's request fell over half way."""


def turn(pool, town, kind, chance):
    """One request: with a context or without, ending well or badly. Gives the schemes it saw."""
    actor, own = chance.choice([(town.insider, town.cast.scheme.id), (town.stranger, town.cast.other_scheme.id)])
    try:
        with pool.connection() as link, link.transaction():
            if kind == "nobody":
                return link.execute(SEEN).fetchone()[0] is None
            link.execute(SET, pairs(actor))
            seen = link.execute(SEEN).fetchone()[0]
            if kind == "falls over":
                raise Interrupted
            if kind == "database error":
                link.execute("SELECT 1 / 0")
            return seen == [own]
    except (Interrupted, psycopg.errors.DivisionByZero):
        return seen == [own]


def pairs(actor):
    values = zip(tenancy.SETTINGS, tenancy.settings_of(actor), strict=True)
    return [each for pair in values for each in pair]


def test_ten_thousand_interleaved_contexts_on_two_connections_see_only_their_own(pool, town):
    kinds = ["works", "works", "works", "nobody", "falls over", "database error"]

    def many(seed):
        chance = random.Random(seed)
        return sum(not turn(pool, town, chance.choice(kinds), chance) for _ in range(TURNS // THREADS))

    with ThreadPoolExecutor(THREADS) as threads:
        assert sum(threads.map(many, range(THREADS))) == 0


def test_a_context_set_for_the_connection_would_be_seen(pool, town):
    """The guard bites: `set_config(…, false)` outlives its transaction, and the question above notices."""
    with pool.connection() as link:
        link.execute(SET.replace("true", "false"), pairs(town.insider))
    leaking = [turn(pool, town, "nobody", random.Random(seed)) for seed in range(40)]
    with pool.connection() as first, pool.connection() as second:
        for link in (first, second):
            link.execute("RESET ALL")
    assert not all(leaking)


def test_two_thousand_interleaved_pages_on_two_connections_see_only_their_own(town):
    """The same through the marker every page carries, on Django's own connections, one for each of two threads."""
    actors = {town.insider: town.cast.scheme.id, town.stranger: town.cast.other_scheme.id}

    def look(request, fall_over):
        request.seen = set(Person.objects.values_list("scheme_id", flat=True))
        if fall_over:
            raise Interrupted
        return HttpResponse()

    def many(seed):
        chance, wrong = random.Random(seed), 0
        for _ in range(1_000):
            request = RequestFactory().get("/")
            request.actor = chance.choice(list(actors))
            with suppress(Interrupted), transaction.atomic():
                access.allow(access.signed_in)(look)(request, chance.random() < 0.3)
            wrong += request.seen != {actors[request.actor]}
        wrong += not empty()
        connection.close()
        return wrong

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(many, range(2))) == [0, 0]


def empty():
    with transaction.atomic():
        return not any(database_context())


def page(view, actor):
    """Ask for a page as the server would: the marker inside a request's transaction."""
    request = RequestFactory().get("/")
    request.actor = actor
    with transaction.atomic():
        return access.allow(access.signed_in)(view)(request)


def test_a_request_leaves_no_context_behind(town):
    seen = []

    def view(request):
        seen.append(database_context()[0])
        return HttpResponse()

    assert page(view, town.insider).status_code == 200
    assert seen == [town.insider.id]
    assert empty()


@pytest.mark.parametrize("error", [Interrupted, NotAllowed("No."), ZeroDivisionError])
def test_a_request_that_raises_midway_leaves_no_context_behind(town, error):
    def view(request):
        raise error

    with pytest.raises(Exception):  # noqa: B017, PT011  whichever way it fell over
        page(view, town.insider)
    assert empty()


def test_a_request_whose_statement_fails_leaves_no_context_behind(town):
    def view(request):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")

    with pytest.raises(Exception, match="division by zero"):
        page(view, town.insider)
    assert empty()


def test_a_context_inside_another_gives_way_to_it_again(in_town):
    with tenancy.context(in_town.insider):
        with tenancy.context(in_town.stranger):
            assert database_context()[0] == in_town.stranger.id
        assert database_context()[0] == in_town.insider.id
    assert not any(database_context())


def test_an_error_inside_gives_way_too(in_town):
    with tenancy.context(in_town.insider), pytest.raises(Interrupted), tenancy.context(in_town.stranger):
        raise Interrupted
    assert not any(database_context())


def test_there_is_no_context_without_a_transaction(town):
    with pytest.raises(RuntimeError, match="needs a transaction"), tenancy.context(town.insider):
        pass


def test_the_context_says_who_and_why_and_nothing_the_page_sent(in_town):
    request = RequestFactory().get("/?scheme=other", headers={"X-Scheme": "other"})
    request.actor = in_town.insider
    seen = []

    def view(request):
        seen.extend(database_context())
        return HttpResponse()

    access.allow(access.signed_in)(view)(request)
    named = dict(zip(tenancy.SETTINGS, seen, strict=True))
    assert named["app.actor"] == in_town.insider.id
    assert named["app.schemes"] == str(in_town.cast.scheme.id)
    assert named["app.purpose"] == "care"
    assert "other" not in named["app.schemes"]


def test_the_public_has_a_purpose_and_no_scheme(in_town):
    with tenancy.context(PUBLIC):
        named = dict(zip(tenancy.SETTINGS, database_context(), strict=True))
    assert (named["app.schemes"], named["app.organisations"], named["app.purpose"]) == ("", "", "front-door")


def test_threads_do_not_share_a_context(town):
    """Each request has its own thread and connection; one holding a context gives it to nobody."""
    held, looked = threading.Event(), threading.Event()
    found = []

    def other():
        held.wait(10)
        with transaction.atomic():
            found.append(any(database_context()))
        connection.close()
        looked.set()

    thread = threading.Thread(target=other)
    thread.start()
    with transaction.atomic(), tenancy.context(town.insider):
        held.set()
        assert looked.wait(10)
    thread.join()
    assert found == [False]
