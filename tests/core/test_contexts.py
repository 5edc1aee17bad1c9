"""The tenancy context in a database: what is set, what comes back, what is never left behind."""

import json
import threading
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from linkworks.audit.models import RecordView
from linkworks.core import access, tenancy
from linkworks.core.actor import PUBLIC, Actor, job_actor
from tests.cast import Cast
from tests.context import database_context

NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=["Cs"]), max_size=60)
ACTORS = st.builds(
    Actor,
    id=st.sampled_from(["staff:1", "link:2", "job:x", "public"]),
    name=NAMES,
    schemes=st.frozensets(st.uuids(), max_size=4),
    organisations=st.frozensets(st.uuids(), max_size=4),
    purpose=st.sampled_from(["care", "job", "front-door", "provider"]),
)


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


class TestAnyActor(TestCase):
    @settings(max_examples=60)
    @given(ACTORS)
    def test_what_the_database_knows_is_what_the_actor_is(self, actor: Actor) -> None:
        with tenancy.context(actor):
            who, schemes, organisations, _, purpose, context = database_context()
            assert (who, purpose) == (actor.id, actor.purpose)
            assert {UUID(each) for each in schemes.split(",") if each} == actor.schemes
            assert {UUID(each) for each in organisations.split(",") if each} == actor.organisations
            assert json.loads(context)["name"] == actor.name
        assert not any(database_context())

    @settings(max_examples=30)
    @given(st.lists(ACTORS, min_size=1, max_size=5))
    def test_contexts_inside_each_other_come_back_in_order(self, actors: list[Actor]) -> None:
        self.nest(actors, before=database_context())

    def nest(self, actors: list[Actor], before: list[str]) -> None:
        if not actors:
            return
        with tenancy.context(actors[0]):
            inside = database_context()
            assert inside == tenancy.settings_of(actors[0])
            self.nest(actors[1:], inside)
        assert database_context() == before


@pytest.mark.django_db
class TestOne:
    def test_an_error_inside_brings_back_what_was_before(self) -> None:
        with tenancy.context(PUBLIC):
            with pytest.raises(ZeroDivisionError), tenancy.context(job_actor("x")):
                raise ZeroDivisionError
            assert database_context()[0] == "public"

    def test_a_statement_that_failed_inside_a_savepoint_leaves_the_outer_context(self) -> None:
        with tenancy.context(PUBLIC):
            with pytest.raises(DatabaseError), transaction.atomic(), tenancy.context(job_actor("x")):
                run("SELECT 1 / 0")
            assert database_context()[0] == "public"

    @pytest.mark.parametrize(
        "name", ["'; DROP TABLE people_person; --", 'a"b', "a\\b", "a\nb", "{}", "''", "%s", "a,b"]
    )
    def test_a_name_is_a_name(self, name: str) -> None:
        with tenancy.context(Actor(id="staff:1", name=name)):
            assert json.loads(database_context()[-1])["name"] == name
            assert database_context()[1] == "", "no scheme slipped in"

    def test_a_row_is_written_and_read_in_its_scheme_only(self) -> None:
        here, there = uuid4(), uuid4()
        facts = {"person_id": uuid4(), "actor_id": "staff:1", "actor_name": "Amara", "page": "Case"}
        with tenancy.context(Actor(id="staff:1", name="A", schemes=frozenset([here]))):
            RecordView.objects.create(scheme_id=here, **facts)
            assert RecordView.objects.count() == 1
            with pytest.raises(DatabaseError), transaction.atomic():
                RecordView.objects.create(scheme_id=there, **facts)
        with tenancy.context(Actor(id="staff:2", name="B", schemes=frozenset([there]))):
            assert RecordView.objects.count() == 0
        with tenancy.context(Actor(id="staff:3", name="C", schemes=frozenset([here, there]))):
            assert RecordView.objects.count() == 1
        assert RecordView.objects.count() == 0, "without a context there are no rows"

    @pytest.mark.parametrize("statement", ["UPDATE audit_recordview SET page = ''", "DELETE FROM audit_recordview"])
    def test_who_looked_is_never_rewritten(self, statement: str) -> None:
        actor = Actor(id="staff:1", name="A", schemes=frozenset([uuid4()]))
        with tenancy.context(actor), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            run(statement)

    def test_an_organisation_alone_reaches_no_schemes_rows(self) -> None:
        scheme = uuid4()
        facts = {"person_id": uuid4(), "actor_id": "staff:1", "actor_name": "Amara", "page": "Case"}
        with tenancy.context(Actor(id="staff:1", name="A", schemes=frozenset([scheme]))):
            RecordView.objects.create(scheme_id=scheme, **facts)
        with tenancy.context(Actor(id="staff:1", name="A", organisations=frozenset([scheme]))):
            assert RecordView.objects.count() == 0


def test_outside_a_transaction_a_context_is_refused(committed_db: str) -> None:
    with pytest.raises(RuntimeError, match="needs a transaction"), tenancy.context(PUBLIC):
        pass


def test_after_a_transaction_the_connection_knows_nobody(committed_db: str) -> None:
    with transaction.atomic(), tenancy.context(job_actor("x", uuid4())):
        pass
    with pytest.raises(ZeroDivisionError), transaction.atomic(), tenancy.context(job_actor("y", uuid4())):
        raise ZeroDivisionError
    assert not any(database_context())


def test_a_context_takes_one_question_and_its_end_one_more(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked, tenancy.context(PUBLIC):
        pass
    assert len(asked) == 2


def test_what_ends_with_its_transaction_is_not_taken_back_first(committed_db: str) -> None:
    with CaptureQueriesContext(connection) as asked, transaction.atomic(), tenancy.context(PUBLIC, to_the_end=True):
        pass
    assert len([each for each in asked if "set_config" in each["sql"]]) == 1
    assert not any(database_context())


def test_a_pages_context_ends_with_its_request(committed_db: str) -> None:
    """Django puts a transaction round each page (ATOMIC_REQUESTS)."""
    page = transaction.atomic(access.public(lambda request: HttpResponse(database_context()[0])))
    assert page(RequestFactory().get("/")).content.decode() == "public"
    assert not any(database_context())


def test_inside_another_context_it_is_taken_back_whatever_was_promised(committed_db: str) -> None:
    with transaction.atomic(), tenancy.context(job_actor("outside")):
        with tenancy.context(PUBLIC, to_the_end=True):
            pass
        assert database_context()[0] == "job:outside"


def test_two_at_once_never_see_each_others_context(committed_db: str) -> None:
    """Many short transactions of two actors on two connections; each knows only itself."""
    wrong: list[str] = []

    def act(name: str) -> None:
        actor = job_actor(name, uuid4())
        for _ in range(40):
            with transaction.atomic(), tenancy.context(actor):
                wrong.extend(each for each in [database_context()] if each != tenancy.settings_of(actor))
        connection.close()

    threads = [threading.Thread(target=act, args=[name]) for name in ("one", "two")]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    assert wrong == []
