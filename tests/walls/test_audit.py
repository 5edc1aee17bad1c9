"""Whatever changes a personal row, the database writes down what and who; and nobody rewrites it."""

import json

import pytest
from django.apps import apps
from django.db import Error, connection, transaction

from linkworks.audit import actions
from linkworks.core import tenancy
from linkworks.people.models import Channel, Disclosure, Person

from . import rows

EVENTS = rows.events()
TRACKED = [each.pgh_tracked_model for each in EVENTS]
# Walled, and a history of its own already: who wrote each row is in the row.
OWN_HISTORY = {each for each in rows.walled() if each.wall.append_only}
# Rows that only ever join two recorded ones, or whose every change is a row of their own.
TOLD_ELSEWHERE = {
    "casework.GoalConnection": "joins a goal and a connection, both recorded",
    "casework.CaseMeasure": "joins a case and a set of answers, both recorded",
    "messaging.Message": "each step is a MessageMove, and its words never change",
}


def events(model, row_id):
    """[(what happened, who, doing what)] of a row, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT pgh_label, pgh_context FROM {model._meta.db_table}event WHERE pgh_obj_id = %s ORDER BY pgh_id",
            [row_id],
        )
        return [(label, loaded(context)["actor"], loaded(context)["purpose"]) for label, context in cursor.fetchall()]


def loaded(context):
    return json.loads(context) if isinstance(context, str) else context


def person(town, **facts):
    return Person(scheme=town.cast.scheme, **{"given_name": "Alma", "family_name": "Reed", **facts})


@pytest.fixture
def insider(in_town):
    with tenancy.context(in_town.insider):
        yield in_town.insider


def test_every_personal_table_is_recorded_or_is_itself_history():
    unrecorded = {each for each in rows.walled() if each not in TRACKED} - OWN_HISTORY
    assert {each._meta.label for each in unrecorded} <= set(TOLD_ELSEWHERE)


def test_saving_is_recorded(in_town, insider):
    alma = person(in_town)
    alma.save()
    alma.given_name = "Alma-May"
    alma.save()
    assert events(Person, alma.pk) == [("insert", insider.id, "care"), ("update", insider.id, "care")]


def test_a_query_that_updates_is_recorded(in_town, insider):
    alma = person(in_town)
    alma.save()
    Person.objects.filter(pk=alma.pk).update(family_name="Marsh")
    assert [label for label, who, _ in events(Person, alma.pk) if who == insider.id] == ["insert", "update"]


def test_bulk_creation_is_recorded_row_by_row(in_town, insider):
    made = Person.objects.bulk_create([person(in_town, given_name=name) for name in ("Ada", "Ben", "Cy")])
    assert [events(Person, each.pk) for each in made] == [[("insert", insider.id, "care")]] * 3


def test_bulk_updates_are_recorded_row_by_row(in_town, insider):
    made = Person.objects.bulk_create([person(in_town, given_name=name) for name in ("Ada", "Ben")])
    for each in made:
        each.language = "so"
    Person.objects.bulk_update(made, ["language"])
    assert [events(Person, each.pk)[-1][0] for each in made] == ["update", "update"]


def test_raw_sql_is_recorded(in_town, insider):
    alma = person(in_town)
    alma.save()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET pronouns = 'they/them' WHERE id = %s", [alma.pk])
    assert events(Person, alma.pk)[-1] == ("update", insider.id, "care")


def test_deletion_is_recorded_and_the_record_outlives_the_row(in_town, insider):
    channel = Channel.objects.create(
        scheme=in_town.cast.scheme, person=in_town.here[Person], kind="phone", value="020 7946 0999"
    )
    channel_id = channel.pk
    channel.delete()
    assert [label for label, _, _ in events(Channel, channel_id)] == ["insert", "delete"]


def test_a_change_of_nothing_records_nothing(in_town, insider):
    alma = person(in_town)
    alma.save()
    alma.save()
    assert len(events(Person, alma.pk)) == 1


def test_what_was_there_before_can_be_read_back(in_town, insider):
    alma = person(in_town)
    alma.save()
    Person.objects.filter(pk=alma.pk).update(family_name="Marsh")
    with connection.cursor() as cursor:
        cursor.execute("SELECT family_name FROM people_personevent WHERE pgh_obj_id = %s ORDER BY pgh_id", [alma.pk])
        assert [name for (name,) in cursor.fetchall()] == ["Reed", "Marsh"]


@pytest.mark.parametrize("model", TRACKED, ids=lambda each: each._meta.label)
def test_each_recorded_table_says_who_filled_it(in_town, model):
    with tenancy.context(in_town.cast.everything):
        assert ("insert", "test", "job") in events(model, in_town.here[model].pk)


@pytest.mark.parametrize("model", EVENTS, ids=lambda each: each._meta.label)
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET pgh_label = 'x'", "DELETE FROM {}", "TRUNCATE {}"], ids=["update", "delete", "empty"]
)
def test_the_serving_role_cannot_rewrite_the_record(insider, model, statement):
    with pytest.raises(Error, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(model._meta.db_table))


@pytest.mark.usefixtures("insider")
def test_the_serving_role_cannot_switch_the_record_off():
    for statement in (
        "ALTER TABLE people_person DISABLE TRIGGER ALL",
        "DROP TRIGGER require_actor ON people_person",
        "SET session_replication_role = replica",
    ):
        with (
            pytest.raises(Error, match=r"permission denied|must be owner"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.usefixtures("insider")
@pytest.mark.parametrize(
    "label", ["referrals.ReferralMove", "casework.CaseMove", "connections.ConnectionMove", "messaging.MessageMove"]
)
def test_moves_are_never_changed(label):
    model = apps.get_model(label)
    with pytest.raises(Error, match="permission denied"), transaction.atomic():
        model.objects.update(reason="another reason")
    with pytest.raises(Error, match="permission denied"), transaction.atomic():
        model.objects.all().delete()


def test_looking_is_written_down_with_who_and_where(in_town, insider):
    alma = in_town.here[Person]
    actions.record_view(person_id=alma.pk, scheme_id=alma.scheme_id, page="casework:case", by=insider)
    view = apps.get_model("audit.RecordView").objects.get(page="casework:case")
    assert (view.person_id, view.actor_id, view.actor_name) == (alma.pk, insider.id, insider.name)
    assert view.organisation_name == "Elm Tree Trust"


def test_somebody_without_a_context_cannot_write_down_that_they_looked(in_town):
    alma = in_town.here[Person]
    with pytest.raises(Error, match=r"row-level security|no actor"), transaction.atomic():
        actions.record_view(person_id=alma.pk, scheme_id=alma.scheme_id, page="casework:case", by=in_town.insider)


def test_the_ledger_of_disclosures_keeps_every_line(in_town, insider):
    with pytest.raises(Error, match="permission denied"), transaction.atomic():
        Disclosure.objects.update(recipient="Somebody else")


def test_taking_the_trigger_away_would_be_seen(town):
    """The guard bites: without its trigger a change leaves no trace, and `events` says so."""
    from django.db import connections

    connection.close()
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'people_person'::regclass AND tgname LIKE 'pgtrigger_update%%'",
            [],
        )
        ((trigger,),) = cursor.fetchall()
        cursor.execute(f"ALTER TABLE people_person DISABLE TRIGGER {trigger}")
        settings = zip(tenancy.SETTINGS, tenancy.settings_of(town.insider), strict=True)
        for name, value in settings:
            cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
        before = count(cursor, town)
        cursor.execute("UPDATE people_person SET pronouns = 'she/her' WHERE id = %s", [town.here[Person].pk])
        assert cursor.rowcount == 1
        assert count(cursor, town) == before
        transaction.set_rollback(True, using="owner")


def count(cursor, town):
    cursor.execute("SELECT count(*) FROM people_personevent WHERE pgh_obj_id = %s", [town.here[Person].pk])
    return cursor.fetchone()
