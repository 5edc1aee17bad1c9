"""Opening a protected record in an emergency: exactly named, with a reason, for an hour, and never quietly."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from linkworks.audit.models import RecordView
from linkworks.core import clock
from linkworks.core.errors import Invalid, NotAllowed
from linkworks.people import access, actions
from linkworks.people.models import EmergencyOpening, Person
from linkworks.people.rules import Clues
from linkworks.people.states import Restriction
from tests.cast import Cast
from tests.context import acting
from tests.factories.people import NHS_NUMBERS, opened, person

JEAN = Clues("Jean", "Marlow", date(1951, 6, 3))
WHY = "She rang and the line went dead"


@pytest.fixture
def jean(cast: Cast) -> Person:
    return person(cast.scheme.id, restriction=Restriction.PROTECTED, nhs_number=NHS_NUMBERS[0])


def open_(cast: Cast, who: str = "colleague", clues: Clues = JEAN, reason: str = WHY) -> EmergencyOpening:
    by = cast.actor(getattr(cast, who))
    with acting(by):
        return actions.open_in_emergency(who=clues, reason=reason, by=by)


def told() -> int:
    return ProcrastinateJob.objects.filter(task_name="casework.tell_opened").count()


def test_tries_are_counted_one_after_another(cast: Cast, jean: Person) -> None:
    """The user's row is held while their tries are counted: several at once are several."""
    with CaptureQueriesContext(connection) as asked:
        open_(cast)
    said = [each["sql"] for each in asked]
    held = next(place for place, sql in enumerate(said) if "accounts_user" in sql and "FOR UPDATE" in sql)
    counted = next(place for place, sql in enumerate(said) if "people_emergencyopening" in sql)
    assert held < counted


@pytest.mark.parametrize("who", ["link_worker", "colleague", "manager"])
def test_the_team_may(cast: Cast, jean: Person, who: str) -> None:
    opening = open_(cast, who)
    assert opening.person == jean
    assert opening.until == opening.made_at + timedelta(hours=1)
    assert access.visible_people(cast.actor(getattr(cast, who))).get() == jean
    assert opening.reason == WHY


@pytest.mark.parametrize(
    "who",
    ["safeguarding_lead", "signposter", "referrer", "provider_coordinator", "steward", "administrator", "commissioner"],
)
def test_nobody_else_may(cast: Cast, jean: Person, who: str) -> None:
    with pytest.raises(NotAllowed):
        open_(cast, who)
    assert not EmergencyOpening.objects.exists()


def test_nobody_of_another_scheme_finds_anybody(cast: Cast, jean: Person) -> None:
    assert open_(cast, "outsider").person is None


def test_it_is_written_down_and_the_lead_is_told(cast: Cast, jean: Person) -> None:
    open_(cast)
    view = RecordView.objects.get()
    assert (view.person_id, view.actor_name, view.page) == (jean.id, "Tomasz Zielinski", "Opened in an emergency")
    assert told() == 1


def test_it_ends_by_itself_after_an_hour(cast: Cast, jean: Person) -> None:
    opened(jean, cast.colleague, ago=timedelta(minutes=59))
    assert access.visible_people(cast.actor(cast.colleague)).exists()
    opened(jean, cast.link_worker, ago=timedelta(minutes=61))
    assert not access.visible_people(cast.actor(cast.link_worker)).exists()


def test_for_one_person_and_one_worker_only(cast: Cast, jean: Person) -> None:
    other = person(cast.scheme.id, given_name="Ada", restriction=Restriction.PROTECTED)
    open_(cast)
    assert list(access.visible_people(cast.actor(cast.colleague))) == [jean]
    assert not access.visible_people(cast.actor(cast.link_worker)).filter(id__in=[jean.id, other.id]).exists()


def test_pressed_twice_it_is_opened_and_told_once(cast: Cast, jean: Person) -> None:
    assert open_(cast).id == open_(cast).id
    assert EmergencyOpening.objects.count() == told() == 1


@pytest.mark.parametrize(
    "clues",
    [
        Clues("Jean", "Marlow"),
        Clues("", "", JEAN.born_on),
        Clues("Jean", "Marlowe", JEAN.born_on),
        Clues("J", "Marlow", JEAN.born_on),
        Clues("Jean", "Marlow", date(1951, 3, 6)),
        Clues(nhs_number=NHS_NUMBERS[1]),
        Clues("Jean", "Marlow", JEAN.born_on, NHS_NUMBERS[1]),
        Clues(),
    ],
)
def test_a_guess_finds_nobody_and_is_written_down(cast: Cast, jean: Person, clues: Clues) -> None:
    tried = open_(cast, clues=clues)
    assert (tried.person, tried.until) == (None, None)
    assert not access.visible_people(cast.actor(cast.colleague)).exists()
    assert not RecordView.objects.exists()
    assert told() == 0


@pytest.mark.parametrize(
    "clues",
    [
        Clues("jean", " MARLOW", JEAN.born_on),
        Clues("Marlow", "Jean", JEAN.born_on),
        Clues(nhs_number=NHS_NUMBERS[0]),
        Clues("Wrong", "Name", None, NHS_NUMBERS[0]),
    ],
)
def test_capitals_order_or_the_number_alone_do(cast: Cast, jean: Person, clues: Clues) -> None:
    assert open_(cast, clues=clues).person == jean


@pytest.mark.parametrize("level", [Restriction.NORMAL, Restriction.SEALED])
def test_only_protected_records_are_found(cast: Cast, level: Restriction) -> None:
    """For a sealed record there is no emergency; a usual one needs none. Neither is told from nobody at all."""
    person(cast.scheme.id, restriction=level, nhs_number=NHS_NUMBERS[0])
    assert open_(cast).person is None
    assert open_(cast, clues=Clues(nhs_number=NHS_NUMBERS[0])).person is None


def test_twins_in_name_and_birthday_need_the_number(cast: Cast, jean: Person) -> None:
    person(cast.scheme.id, restriction=Restriction.PROTECTED, nhs_number=NHS_NUMBERS[1])
    assert open_(cast).person is None
    assert open_(cast, clues=Clues(nhs_number=NHS_NUMBERS[0])).person == jean


@pytest.mark.parametrize("blank", ["", " ", "\t\n"])
def test_never_without_a_reason(cast: Cast, jean: Person, blank: str) -> None:
    with pytest.raises(Invalid) as refused:
        open_(cast, reason=blank)
    assert refused.value.field == "reason"
    assert not EmergencyOpening.objects.exists()


class TestTooManyTries:
    def tried(self, cast: Cast, times: int, ago: timedelta = timedelta(minutes=5)) -> None:
        for _ in range(times):
            opened(None, cast.colleague, ago=ago, scheme_id=cast.scheme.id)

    def test_after_five_in_an_hour_even_the_right_name_is_refused(self, cast: Cast, jean: Person) -> None:
        self.tried(cast, 4)
        assert open_(cast, clues=Clues("A", "Guess", JEAN.born_on)).person is None
        assert told() == 1, "the fifth is told to the lead"
        with pytest.raises(NotAllowed, match="Ring your safeguarding lead"):
            open_(cast)
        assert not access.visible_people(cast.actor(cast.colleague)).exists()

    def test_they_are_forgiven_after_an_hour(self, cast: Cast, jean: Person) -> None:
        self.tried(cast, 5, ago=timedelta(minutes=61))
        assert open_(cast).person == jean

    def test_they_are_counted_for_each_worker(self, cast: Cast, jean: Person) -> None:
        self.tried(cast, 5)
        assert open_(cast, "link_worker").person == jean


def test_an_opening_cannot_be_made_longer_or_unwritten(cast: Cast, jean: Person) -> None:
    opened(jean, cast.colleague)
    for change in (
        lambda: EmergencyOpening.objects.update(until=clock.now() + timedelta(days=1)),
        lambda: EmergencyOpening.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
