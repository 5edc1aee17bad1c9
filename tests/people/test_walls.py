"""Wall two round people, with no Python check in the way: PostgreSQL alone decides."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, ProgrammingError, models, transaction

from linkworks.core import clock, tenancy
from linkworks.core.actor import PUBLIC
from linkworks.people.models import (
    Channel,
    Disclosure,
    EmergencyOpening,
    NamedReader,
    Person,
    RestrictionChange,
    SharingChoice,
)
from tests.cast import Cast
from tests.context import acting, database_context
from tests.factories.people import channel, name, opened, person

TABLES = [Person, Channel, SharingChoice, Disclosure, RestrictionChange, NamedReader, EmergencyOpening]
WRITTEN_ONCE = [Disclosure, RestrictionChange, EmergencyOpening]
EVENTS = [event for model in TABLES for event in getattr(model, "pgh_event_models", {}).values()]


def choice_of(jean: Person) -> SharingChoice:
    said = {"topic": "providers", "agreed": True, "made_at": clock.now(), "made_by": "test", "made_by_name": "A test"}
    return SharingChoice.objects.create(scheme_id=jean.scheme_id, person=jean, **said)


def disclosure_of(jean: Person) -> Disclosure:
    said = {"recipient": "Kettle", "fields": ["name"], "basis": "agreed", "purpose": "lunch", "about_id": uuid4()}
    return Disclosure.objects.create(
        scheme_id=jean.scheme_id, person=jean, made_by="test", made_by_name="A test", **said
    )


@pytest.fixture
def jean(cast: Cast) -> Person:
    made = person(cast.scheme.id)
    channel(made)
    choice_of(made)
    disclosure_of(made)
    name(made, cast.colleague)
    opened(made, cast.colleague)
    RestrictionChange.objects.create(
        scheme_id=made.scheme_id,
        person=made,
        level="sealed",
        reason="Court",
        made_by_name="A test",
        made_at=clock.now(),
    )
    return made


@pytest.mark.parametrize("model", [*TABLES, *EVENTS], ids=lambda model: model.__name__)
@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("link_worker", True),
        ("signposter", True),
        ("outsider", False),
        ("referrer", False),
        ("provider_coordinator", False),
        ("steward", False),
    ],
)
def test_rows_are_the_schemes_alone(cast: Cast, jean: Person, model: type[models.Model], who: str, sees: bool) -> None:
    with acting(cast.actor(getattr(cast, who))):
        assert model.objects.exists() is sees  # type: ignore[attr-defined]


@pytest.mark.parametrize("model", [*TABLES, *EVENTS], ids=lambda model: model.__name__)
def test_the_public_reads_none(cast: Cast, jean: Person, model: type[models.Model]) -> None:
    with acting(PUBLIC):
        assert model.objects.count() == 0  # type: ignore[attr-defined]


@pytest.mark.parametrize("model", [Person, Channel], ids=lambda model: model.__name__)
def test_another_scheme_changes_and_deletes_none(cast: Cast, jean: Person, model: type[models.Model]) -> None:
    with acting(cast.actor(cast.outsider)):
        assert model.objects.update(scheme_id=cast.other_scheme.id) == 0  # type: ignore[attr-defined]
        assert model.objects.all().delete()[0] == 0  # type: ignore[attr-defined]
    assert model.objects.filter(scheme_id=cast.scheme.id).exists()  # type: ignore[attr-defined]


def adding(make: Callable[[UUID], object], scheme_id: UUID) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        make(scheme_id)


@pytest.mark.parametrize("who", ["outsider", "referrer", "steward"])
def test_nobody_adds_to_another_scheme(cast: Cast, jean: Person, who: str) -> None:
    with acting(cast.actor(getattr(cast, who))):
        adding(person, cast.scheme.id)


def test_the_public_adds_nobody(cast: Cast) -> None:
    with acting(PUBLIC):
        adding(person, cast.scheme.id)


def test_a_row_cannot_be_moved_to_another_scheme(cast: Cast, jean: Person) -> None:
    with acting(cast.actor(cast.link_worker)), pytest.raises(ProgrammingError), transaction.atomic():
        Person.objects.filter(id=jean.id).update(scheme_id=cast.other_scheme.id)


def test_the_ledger_cannot_be_rewritten_even_by_its_own_scheme(cast: Cast, jean: Person) -> None:
    with acting(cast.actor(cast.manager)):
        for change in (
            lambda: Disclosure.objects.update(recipient="Nobody"),
            lambda: Disclosure.objects.all().delete(),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()
    assert Disclosure.objects.get().recipient == "Kettle"


@pytest.mark.parametrize("model", WRITTEN_ONCE, ids=lambda model: model.__name__)
def test_what_was_decided_shared_or_opened_is_never_rewritten_by_anybody(
    cast: Cast, jean: Person, model: type[models.Model]
) -> None:
    before = list(model.objects.values())  # type: ignore[attr-defined]
    for who in ("manager", "safeguarding_lead", "link_worker"):
        with acting(cast.actor(getattr(cast, who))):
            for change in (
                lambda: model.objects.update(made_by_name="Nobody"),  # type: ignore[attr-defined]
                lambda: model.objects.all().delete(),  # type: ignore[attr-defined]
            ):
                with pytest.raises(DatabaseError), transaction.atomic():
                    change()
    assert list(model.objects.values()) == before  # type: ignore[attr-defined]


def test_an_opening_without_a_person_has_no_hour_and_with_one_it_has(cast: Cast, jean: Person) -> None:
    for wrong in ({"person": jean, "until": None}, {"person": None, "until": clock.now()}):
        with pytest.raises(DatabaseError, match="opened_until_when_found"), transaction.atomic():
            EmergencyOpening.objects.create(
                scheme_id=jean.scheme_id, user=cast.colleague, reason="x", made_at=clock.now(), **wrong
            )


def test_nobody_is_named_twice_for_one_record(cast: Cast, jean: Person) -> None:
    with pytest.raises(DatabaseError, match="named_once"), transaction.atomic():
        name(jean, cast.colleague)


def test_who_was_named_and_unnamed_stays_in_the_audit(cast: Cast, jean: Person) -> None:
    NamedReader.objects.all().delete()
    kept = next(iter(NamedReader.pgh_event_models.values())).objects  # type: ignore[attr-defined]
    assert list(kept.order_by("pgh_id").values_list("pgh_label", flat=True)) == ["insert", "delete"]


def test_without_an_actor_nothing_is_written_or_read(cast: Cast, jean: Person) -> None:
    before = database_context()
    tenancy.apply([""] * len(tenancy.SETTINGS))
    assert Person.objects.count() == 0
    with pytest.raises(DatabaseError), transaction.atomic():
        person(cast.scheme.id)
    tenancy.apply(before)
    assert Person.objects.count() == 1
