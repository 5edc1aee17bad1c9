"""Wall two alone: no Python check is asked here, and the database still lets nothing through."""

from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest
from django.apps import apps
from django.db import Error, IntegrityError, connection, connections, transaction

from linkworks.core import clock, tenancy
from linkworks.core.actor import PUBLIC, job_actor

from . import rows

pytestmark = pytest.mark.usefixtures("in_town")

WALLED = rows.walled()
EVENTS = rows.events()
MODELS = [*WALLED, *EVENTS]
CHANGEABLE = [each for each in WALLED if not each.wall.append_only]
FRONT_DOORS = [each for each in WALLED if each.wall.front_door]


def by_label(model):
    return model._meta.label


each_model = pytest.mark.parametrize("model", MODELS, ids=by_label)
each_walled = pytest.mark.parametrize("model", WALLED, ids=by_label)
each_changeable = pytest.mark.parametrize("model", CHANGEABLE, ids=by_label)


def schemes_seen(model):
    return set(model._base_manager.values_list(model.wall.scheme if model in WALLED else "scheme_id", flat=True))


@contextmanager
def refused(words):
    """What happens inside is refused by the database; the transaction goes on."""
    with pytest.raises(Error, match=words), transaction.atomic():
        yield


@each_model
def test_there_is_something_to_hide(town, model):
    with tenancy.context(town.cast.everything):
        assert schemes_seen(model) == {town.cast.scheme.id, town.cast.other_scheme.id}


@each_model
def test_a_stranger_sees_only_their_own_scheme(town, model):
    with tenancy.context(town.stranger):
        assert schemes_seen(model) == {town.cast.other_scheme.id}


@each_model
def test_without_a_context_there_are_no_rows(model):
    assert not model._base_manager.exists()


@each_model
def test_the_public_sees_nothing(model):
    with tenancy.context(PUBLIC):
        assert not model._base_manager.exists()


@each_model
def test_a_job_of_one_scheme_sees_that_scheme_only(town, model):
    with tenancy.context(job_actor("test", town.cast.scheme.id)):
        assert schemes_seen(model) == {town.cast.scheme.id}


@each_model
def test_a_job_of_no_scheme_sees_nobody(model):
    with tenancy.context(job_actor("test")):
        assert not model._base_manager.exists()


@pytest.mark.parametrize("who", ["administrator", "steward", "commissioner"])
def test_those_who_serve_no_case_work_see_no_case(town, who):
    """These roles are not for a scheme's people, and the database agrees."""
    with tenancy.context(town.cast.actor(getattr(town.cast, who))):
        assert not apps.get_model("casework.Case").objects.exists()
        assert not apps.get_model("people.Person").objects.exists()


@each_changeable
def test_a_stranger_changes_nothing(town, model):
    theirs = town.here[model]
    with tenancy.context(town.stranger):
        assert model._base_manager.filter(pk=theirs.pk).update(scheme_id=town.cast.other_scheme.id) == 0


@each_changeable
def test_a_stranger_deletes_nothing(town, model):
    with tenancy.context(town.stranger), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE id = %s", [town.here[model].pk])
        assert cursor.rowcount == 0


@each_walled
def test_a_stranger_adds_nothing_to_another_scheme(town, model):
    with tenancy.context(town.stranger), refused("row-level security"), connection.cursor() as cursor:
        insert_copy(cursor, town.there[model], scheme_id=town.cast.scheme.id)


@each_changeable
def test_a_stranger_cannot_push_their_own_row_into_another_scheme(town, model):
    with tenancy.context(town.stranger), refused("row-level security|never changes its scheme"):
        model._base_manager.filter(pk=town.there[model].pk).update(scheme_id=town.cast.scheme.id)


@each_changeable
def test_a_row_never_changes_its_scheme_even_for_somebody_of_both(town, model):
    with tenancy.context(town.cast.everything), refused("never changes its scheme"):
        model._base_manager.filter(pk=town.there[model].pk).update(scheme_id=town.cast.scheme.id)


@pytest.mark.parametrize("label", ["connections.Connection", "referrals.Referral"])
def test_another_organisation_cannot_move_what_it_was_let_through_to(town, label):
    """A provider changes the connections sent to it, and a sender its referrals; never whose they are."""
    model = apps.get_model(label)
    sender_or_provider = town.cast.actor(town.cast.provider_coordinator)
    with tenancy.context(sender_or_provider):
        assert model._base_manager.filter(pk=town.here[model].pk).update(created_at=clock.now()) == 1
        with refused("never changes its scheme"):
            model._base_manager.filter(pk=town.here[model].pk).update(scheme_id=town.cast.other_scheme.id)


@each_walled
def test_a_write_with_no_actor_fails(town, model):
    nobody = replace(town.insider, id="")
    with tenancy.context(nobody), refused("no actor"), connection.cursor() as cursor:
        insert_copy(cursor, town.here[model], scheme_id=town.cast.scheme.id)


@each_changeable
def test_a_change_with_no_actor_fails(town, model):
    with tenancy.context(replace(town.insider, id="")), refused("no actor"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model._meta.db_table} SET scheme_id = scheme_id WHERE id = %s", [town.here[model].pk])


@each_changeable
def test_a_deletion_with_no_actor_fails(town, model):
    with tenancy.context(replace(town.insider, id="")), refused("no actor"), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE id = %s", [town.here[model].pk])


@pytest.mark.parametrize("model", FRONT_DOORS, ids=by_label)
def test_the_front_door_adds_and_never_reads(town, model):
    with tenancy.context(PUBLIC), connection.cursor() as cursor:
        # A row that has its like already is past the wall: row security is asked before uniqueness.
        with suppress(IntegrityError), transaction.atomic():
            insert_copy(cursor, town.here[model], scheme_id=town.cast.scheme.id)
        assert not model._base_manager.exists()


@pytest.mark.parametrize(
    "model", [each for each in WALLED if each not in FRONT_DOORS and not each.wall.unowned], ids=by_label
)
def test_the_front_door_opens_no_other_table(town, model):
    with tenancy.context(PUBLIC), refused("row-level security"), connection.cursor() as cursor:
        insert_copy(cursor, town.here[model], scheme_id=town.cast.scheme.id)


def test_a_scheme_named_by_the_page_is_not_believed(town):
    """The context is what counts, whatever a statement asks for."""
    with tenancy.context(town.stranger), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_person WHERE scheme_id = %s", [town.cast.scheme.id])
        assert cursor.fetchone() == (0,)


def test_a_join_does_not_look_over_the_wall(town):
    with tenancy.context(town.stranger), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM organisations_scheme s LEFT JOIN people_person p ON p.scheme_id = s.id"
            " WHERE s.id = %s AND p.id IS NOT NULL",
            [town.cast.scheme.id],
        )
        assert cursor.fetchone() == (0,)


# What a provider and a referrer are let through to: their own organisation's, and nothing else of the scheme.


def seen_by(actor, model):
    with tenancy.context(actor):
        return set(model._base_manager.values_list("pk", flat=True))


def test_a_provider_sees_the_connections_sent_to_it_only(town):
    connection_model = apps.get_model("connections.Connection")
    provider = town.cast.actor(town.cast.provider_coordinator)
    other = town.cast.actor(town.cast.other_provider_coordinator)
    assert seen_by(provider, connection_model) == {town.here[connection_model].pk}
    assert seen_by(other, connection_model) == {town.there[connection_model].pk}


@pytest.mark.parametrize(
    "label",
    ["people.Person", "people.Channel", "casework.Case", "casework.Contact", "outcomes.AnswerSet", "casework.Concern"],
)
@pytest.mark.parametrize("who", ["provider_coordinator", "session_leader", "referrer"])
def test_those_outside_the_scheme_see_none_of_its_records(town, who, label):
    assert seen_by(town.cast.actor(getattr(town.cast, who)), apps.get_model(label)) == set()


def test_without_force_the_owner_would_see_everybody():
    """Why FORCE is there, shown by taking it away in a transaction that never ends well."""
    count = "SELECT count(*) FROM people_person"
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(count)
        assert cursor.fetchone() == (0,)
        cursor.execute("ALTER TABLE people_person NO FORCE ROW LEVEL SECURITY")
        cursor.execute(count)
        assert cursor.fetchone()[0] > 0
        transaction.set_rollback(True, using="owner")


def insert_copy(cursor, row, **changes):
    """Insert a copy of a row, with a new id, by plain SQL: nothing is read back."""
    values = {
        field.column: field.get_db_prep_save(getattr(row, field.attname), connection)
        for field in row._meta.concrete_fields
    }
    fresh = rows.fresh(row)
    values |= fresh | changes
    columns, marks = ", ".join(values), ", ".join(["%s"] * len(values))
    cursor.execute(f"INSERT INTO {row._meta.db_table} ({columns}) VALUES ({marks})", list(values.values()))
