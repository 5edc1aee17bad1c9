"""What a feed turns into later: a refuge, a childminder, somebody at home. It is taken down at once, and a steward is told."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.directory import actions, presenters, queries
from linkworks.directory.models import ImportProblem, ImportRun, Location, Service
from linkworks.directory.rules.feeds.finishing import MAY_BE_A_REFUGE, MAY_BE_PRIVATE, NO_ORGANISATION
from tests.cast import Cast
from tests.directory import asking
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")
OWNER = {"id": "o1", "name": "Kettle and Company"}
PLACE = {"name": "The Old Bakery", "address_1": "4 Choumert Road", "city": "London", "postal_code": "SE15 5DD"}
CLUB = {"id": "a", "name": "Evening club", "description": "A hot supper.", "organisation": OWNER, "locations": [PLACE]}
REFUGE = {**CLUB, "description": "A women's refuge with six rooms."}
MINDER = {**CLUB, "taxonomies": [{"name": "Childminders", "slug": "cm"}]}


def read(folder: Path, *rows: dict[str, Any]) -> ImportRun:
    file = folder / "feed.json"
    file.write_text(json.dumps({"content": rows}))
    return actions.import_feed(str(file), name="Bramblewick", is_agreed=True, by=make.KEEPER)


def club() -> Service:
    return Service.objects.get(source_key="a")


@pytest.mark.parametrize(("later", "why"), [(REFUGE, MAY_BE_A_REFUGE), (MINDER, MAY_BE_PRIVATE)])
class TestTurnedInto:
    def test_it_is_taken_down_at_once_with_the_reason(
        self, tmp_path: Path, client: Client, later: dict[str, Any], why: str
    ) -> None:
        read(tmp_path, CLUB)
        address = reverse("directory:service", args=[club().id])
        assert client.get(address).status_code == 200
        run = read(tmp_path, later)
        assert (run.held, run.updated, run.created, run.unchanged, run.rejected) == (1, 0, 0, 0, 0)
        assert (club().is_published, club().held_because) == (False, why)
        assert run.problems.filter(outcome="held", reason=why, name="Evening club").count() == 1
        assert client.get(address).status_code == 404
        assert asking.found(words="supper club") == []
        assert asking.match(words="supper club").found == []

    def test_a_steward_sees_it_among_those_held_back(
        self, tmp_path: Path, cast: Cast, later: dict[str, Any], why: str
    ) -> None:
        read(tmp_path, CLUB)
        run = read(tmp_path, later)
        client = cast.client(cast.steward)
        held = client.get(reverse("directory:steward-list"), {"view": "held"}).content.decode()
        told = client.get(reverse("directory:import-run", args=[run.id])).content.decode()
        desk = client.get(reverse("directory:steward-edit", args=[club().id])).content.decode()
        for page in (held, told, desk):
            assert why.rstrip(".") in page
            assert "Held back" in page
        assert "Shown to the public" in desk, "its history says that it was taken down"

    def test_it_stays_down_however_often_the_feed_is_read(
        self, tmp_path: Path, later: dict[str, Any], why: str
    ) -> None:
        read(tmp_path, CLUB)
        read(tmp_path, later)
        assert read(tmp_path, later).unchanged == 1
        again = read(tmp_path, {**later, "name": "Evening club, new words"})
        assert (again.updated, again.held) == (1, 0), "held already, and said once"
        assert (club().is_published, club().held_because) == (False, why)

    def test_a_feed_that_takes_the_word_back_does_not_show_it(
        self, tmp_path: Path, later: dict[str, Any], why: str
    ) -> None:
        """Only a person lets a held listing out."""
        for row in (CLUB, later, CLUB):
            read(tmp_path, row)
        assert (club().is_published, club().held_because) == (False, why)

    def test_a_steward_who_looked_and_shows_it_is_not_asked_again(
        self, tmp_path: Path, later: dict[str, Any], why: str
    ) -> None:
        read(tmp_path, CLUB)
        read(tmp_path, later)
        actions.publish(club(), by=make.KEEPER)
        run = read(tmp_path, {**later, "name": "Evening club, new words"})
        assert (run.updated, run.held) == (1, 0)
        assert (club().is_published, club().held_because) == (True, "")


def test_a_second_reason_is_not_excused_by_the_first(tmp_path: Path) -> None:
    read(tmp_path, MINDER)
    actions.publish(club(), by=make.KEEPER)
    run = read(tmp_path, {**MINDER, **REFUGE, "taxonomies": MINDER["taxonomies"]})
    assert run.held == 1
    assert (club().is_published, club().held_because) == (False, MAY_BE_A_REFUGE)


def test_a_listing_a_steward_took_away_also_says_the_new_reason(tmp_path: Path) -> None:
    """So that nobody shows it again without having read that it may be a refuge."""
    read(tmp_path, CLUB)
    actions.withdraw(club(), because="It moved.", by=make.KEEPER)
    read(tmp_path, REFUGE)
    assert not club().is_published
    assert club().held_because == f"It moved. {MAY_BE_A_REFUGE}"


def test_a_refuges_place_is_gone_from_everything_that_is_kept(tmp_path: Path) -> None:
    make.postcode()
    read(tmp_path, CLUB)
    assert Location.objects.get().address_1 == "4 Choumert Road"
    read(tmp_path, REFUGE)
    location = Location.objects.get()
    assert (location.address_1, location.name, location.postcode, location.latitude, location.borough_code) == (
        "",
        "",
        "",
        None,
        "",
    )
    kept = json.dumps([each.row for each in ImportProblem.objects.all()])
    for secret in ("Choumert", "Bakery", "SE15"):
        assert secret not in club().document
        assert secret not in club().search_words
        assert secret not in kept


@pytest.mark.parametrize(
    "words",
    [
        "Women's refuge",
        "womens refuge",
        "A SAFE HOUSE for families",
        "domestic abuse refuge",
        "domestic violence refuges",
        "refuge places",
        "A refuge for families",
        "Children’s refuge",
    ],
)
def test_a_refuge_is_known_by_its_words(tmp_path: Path, words: str) -> None:
    read(tmp_path, CLUB)
    assert read(tmp_path, {**CLUB, "name": words}).held == 1


@pytest.mark.parametrize("words", ["Refuge from the rain: a café", "Wildlife refuge walk", "A safe housing workshop"])
def test_what_only_sounds_like_one_is_shown(tmp_path: Path, words: str) -> None:
    run = read(tmp_path, {**CLUB, "name": words})
    assert (run.created, run.held) == (1, 0)


def test_a_refuge_without_an_organisation_is_held_as_a_refuge(tmp_path: Path) -> None:
    """The graver reason is the one that is said."""
    read(tmp_path, {**REFUGE, "organisation": None})
    assert club().held_because == MAY_BE_A_REFUGE
    assert "Choumert" not in club().document


def test_a_feed_that_stops_naming_the_organisation_takes_nothing_down(tmp_path: Path) -> None:
    read(tmp_path, CLUB)
    run = read(tmp_path, {**CLUB, "organisation": None, "description": "New words."})
    assert (run.updated, run.held) == (1, 0)
    assert run.problems.filter(outcome="noted", reason=NO_ORGANISATION).exists()
    assert (club().is_published, club().organisation.name, club().description) == (
        True,
        "Kettle and Company",
        "New words.",
    )


def test_one_that_was_held_for_want_of_an_organisation_waits_for_a_person(tmp_path: Path) -> None:
    read(tmp_path, {**CLUB, "organisation": None})
    assert club().held_because == NO_ORGANISATION
    run = read(tmp_path, CLUB)
    assert run.updated == 1
    assert club().organisation.name == "Kettle and Company"
    assert not club().is_published


def test_people_who_have_a_place_keep_it_while_it_is_held(tmp_path: Path) -> None:
    read(tmp_path, CLUB)
    actions.update_room(club(), capacity_places=3, wait_weeks=None, by=make.KEEPER)
    actions.take_place(club().id, by=make.KEEPER)
    read(tmp_path, REFUGE)
    assert (club().capacity_places, club().places_taken) == (3, 1)
    card = queries.service_card(club().id)
    assert card is not None
    assert not card.is_published, "a plan keeps what was agreed, and knows that it is not shown"
    assert presenters.where_words(card.going) in {"", "London"}
