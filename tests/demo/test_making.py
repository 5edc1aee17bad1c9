"""How the made-up London is made: groups people would like to go to, a bar that shows how far it is, words for whoever runs it."""

import io
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core import clock, vocabulary
from linkworks.demo import activities, london, seeding, timetable
from linkworks.demo.world import World, told
from linkworks.directory.rules.facts import ServiceFacts
from linkworks.directory.rules.sessions import DAYS
from linkworks.organisations.models import Organisation, RecordedGap, Scheme
from linkworks.organisations.rules import places
from tests.cast import Cast
from tests.factories.organisations import make_postcode

POSTCODES = {code: [f"SE{n % 28 + 1}{n % 9}DD" for n in range(60)] for code in places.boroughs()}
KINDS = sorted(told("activities"))


def facts(kind: str, seed: int = 1) -> ServiceFacts:
    world = World(postcodes=POSTCODES)
    world.dice.seed(seed)
    return activities.facts(world, "E09000028", kind, "The Copper Pan", told("activities")[kind])


ALL = [facts(kind, number * 7 + turn) for number, kind in enumerate(KINDS) for turn in range(3)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_listing_says_what_somebody_nervous_wants_to_know(kind: str) -> None:
    listing = facts(kind)

    for said in (
        listing.what_happens,
        listing.who_comes,
        listing.first_visit,
        listing.bring_someone,
        listing.getting_there,
    ):
        assert said and said.rstrip()[-1] in ".!?"
    assert listing.ask_for and listing.ask_for in listing.first_visit
    assert listing.is_fictional
    assert listing.kinds == (kind,) and set(listing.needs) <= set(vocabulary.NEEDS)


@pytest.mark.parametrize("kind", KINDS)
@given(seed=st.integers(0, 5000))
def test_whatever_the_dice_say_a_listing_holds_together(kind: str, seed: int) -> None:
    listing = facts(kind, seed)
    [session], [place], [cost] = listing.sessions, listing.places, listing.costs

    assert session.opens_at and session.closes_at and session.opens_at < session.closes_at
    assert session.opens_at.hour >= 9 and session.closes_at.hour <= 21
    assert session.byday in timetable.DRAWN_DAYS and DAYS[session.byday] in session.description
    assert place.borough_code == "E09000028" and place.postcode
    assert cost.amount is not None and cost.amount >= 0
    assert (cost.option == "Free") is (cost.amount == 0)
    assert listing.capacity_places is None or 4 <= listing.capacity_places <= 60
    assert set(listing.access_needs) <= set(vocabulary.ACCESS_NEEDS)
    assert set(listing.languages) <= set(vocabulary.LANGUAGES) and "en" in listing.languages
    assert {each.access_need for each in place.accessibility} == set(listing.access_needs)
    assert listing.phone.startswith("020 7946 0")
    assert listing.email.endswith(".example.org") and listing.referral_email.endswith(".example.org")


def test_most_can_be_reached_without_steps_and_not_all() -> None:
    reachable = sum("step-free" in listing.access_needs for listing in ALL) / len(ALL)

    assert 0.6 < reachable < 0.95


def test_some_were_checked_lately_and_some_are_overdue() -> None:
    ages = [(clock.today() - listing.verified_on).days for listing in ALL if listing.verified_on]

    assert len(ages) == len(ALL)
    assert min(ages) < 30 and max(ages) > 183
    assert 0.05 < sum(age > 183 for age in ages) / len(ages) < 0.5


def test_some_count_their_places_and_some_have_room_for_all() -> None:
    counted = Counter(listing.capacity_places is None for listing in ALL)

    assert counted[True] and counted[False]


def test_things_happen_on_every_day_but_sunday_and_at_different_hours() -> None:
    assert {listing.sessions[0].byday for listing in ALL} == set(timetable.DRAWN_DAYS)
    assert len({listing.sessions[0].opens_at for listing in ALL}) >= 5


def test_they_have_met_for_a_while() -> None:
    assert all(listing.sessions[0].dtstart <= clock.today() - timedelta(days=100) for listing in ALL)  # type: ignore[operator]


@given(st.integers(1, 400), st.booleans())
def test_a_name_used_before_gets_its_place(turns: int, with_place: bool) -> None:
    kind, used = "lunch-club", {}
    names = [activities.name_of(kind, used, "Larkfield" if with_place else "Millpond") for _ in range(min(turns, 60))]

    first = len(told("activities")[kind]["names"])
    assert all("Larkfield" in name or "Millpond" in name for name in names[first:])
    assert len(set(names[:first])) == len(names[:first])


# The bar


class Screen(io.StringIO):
    def __init__(self, is_screen: bool) -> None:
        super().__init__()
        self.is_screen = is_screen

    def isatty(self) -> bool:
        return self.is_screen


@given(st.integers(1, 60))
def test_on_a_screen_the_bar_grows_and_ends_full(total: int) -> None:
    screen = Screen(True)
    assert list(seeding.progress("People", range(total), total, screen)) == list(range(total))

    lines = [line for line in screen.getvalue().split("\r") if line]
    filled = [line.count("#") for line in lines]
    assert len(lines) == total and filled == sorted(filled)
    assert lines[-1].startswith("People     [" + "#" * 30 + f"] {total} of {total}")
    assert screen.getvalue().endswith("\n")


def test_in_a_file_one_line_is_enough() -> None:
    screen = Screen(False)
    list(seeding.progress("People", range(7), 7, screen))

    assert screen.getvalue().count("\r") == 1


def test_nobody_looking_nothing_is_drawn() -> None:
    assert list(seeding.progress("People", range(3), 3, None)) == [0, 1, 2]


def test_nothing_to_do_draws_nothing() -> None:
    screen = Screen(True)

    assert list(seeding.progress("People", [], 0, screen)) == []
    assert screen.getvalue() == ""


# The command


@pytest.mark.django_db
def test_without_postcodes_it_says_what_to_do_first() -> None:
    with pytest.raises(CommandError, match="Load the postcodes first: linkworks load-postcodes"):
        call_command("seed_demo")
    assert not Scheme.objects.exists()


def test_it_is_never_made_beside_real_schemes(cast: Cast) -> None:
    """Residents would be sent to them, and everybody could read the real messages in the outbox."""
    Scheme.objects.update(is_fictional=False)
    before = Scheme.objects.count()
    with pytest.raises(CommandError, match="needs a database of its own"):
        call_command("seed_demo")
    assert Scheme.objects.count() == before


@pytest.mark.django_db
@pytest.mark.parametrize("carrier", ["EMAIL_URL", "NOTIFY_KEY"])
def test_it_is_not_made_where_messages_would_leave(settings: Any, carrier: str) -> None:
    setattr(settings, carrier, "smtp://mail.example.org")
    with pytest.raises(CommandError, match="would leave this machine"):
        call_command("seed_demo")


def test_what_is_there_already_is_left_alone(cast: Cast) -> None:
    before = Scheme.objects.count()
    call_command("seed_demo", stdout=(out := io.StringIO()))

    assert out.getvalue().strip() == "The made-up London is there already."
    assert Scheme.objects.count() == before


@pytest.mark.django_db
def test_real_schemes_are_not_taken_for_the_demonstration() -> None:
    Scheme.objects.all().delete()
    assert not seeding.is_seeded()


# Places


@pytest.mark.django_db
class TestLondon:
    @pytest.fixture
    def world(self) -> Any:
        for number, borough in enumerate(places.boroughs().values()):
            make_postcode(
                f"SE{number % 28 + 1} {number // 28 + 1}DD", borough.code, borough.latitude, borough.longitude
            )
        made = World()
        london.build(made)
        return made

    def test_every_borough_has_a_scheme_or_a_gap_that_says_why(self, world: World) -> None:
        served = {code for team in world.teams for code in team.boroughs}
        gaps = {gap.borough_code: gap for gap in RecordedGap.objects.all()}

        assert served | set(gaps) == set(places.boroughs())
        assert all(gap.reason.startswith("In this demonstration") and gap.nearest for gap in gaps.values())

    def test_schemes_say_who_they_are_for_and_how_to_reach_them(self, world: World) -> None:
        for scheme in Scheme.objects.all():
            assert scheme.is_fictional and scheme.coverage_note.endswith(".")
            assert scheme.phone.startswith("020 7946 0") and scheme.email.endswith("@example.org")
            assert scheme.host.is_fictional and scheme.opening_hours

    def test_teams_are_of_different_sizes(self, world: World) -> None:
        sizes = Counter(team.size for team in world.teams)

        assert sizes["large"] == 1 and sizes["medium"] >= 2 and sizes["tiny"] > sizes["small"]

    def test_only_councils_and_boards_are_real(self, world: World) -> None:
        real = Organisation.objects.filter(is_fictional=False)
        assert set(real.values_list("kind", flat=True)) <= {"local-authority", "icb"}

    @pytest.mark.parametrize(
        ("name", "address"), [("Kettle & Co's", "hello@kettle--cos.example.org"), ("A B", "hello@a-b.example.org")]
    )
    def test_an_organisations_mail_goes_nowhere(self, name: str, address: str) -> None:
        assert london.organisation(name, "charity", "SE15 5DD").email == address
