"""What whoever runs an installation changes about schemes and gaps, from the command line."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from linkworks.core.errors import NotAllowed
from linkworks.core.postcodes import tidy_sector
from linkworks.organisations.actions import change_reach, end_gap
from linkworks.organisations.models import CatchmentArea, RecordedGap
from linkworks.organisations.queries import borough_coverage, scheme_card, settings_history, who_serves
from tests.cast import Cast
from tests.factories.organisations import BARNET, SOUTHWARK, make_postcode

pytestmark = pytest.mark.django_db


def told(name: str, *args: str, **options: Any) -> str:
    call_command(name, *args, **options, stdout=(out := StringIO()))
    return out.getvalue()


def reach(cast: Cast) -> set[tuple[str, str]]:
    return set(CatchmentArea.objects.filter(scheme=cast.scheme).values_list("kind", "code"))


class TestChangeScheme:
    @pytest.mark.parametrize("name", ["elm-tree", "Elm Tree Social Prescribing", "ELM TREE social prescribing"])
    def test_it_is_found_by_its_name_or_short_name(self, cast: Cast, name: str) -> None:
        assert "Elm Tree Social Prescribing is changed." in told("change_scheme", name, phone="020 7946 0155")
        assert scheme_card(cast.scheme.id).phone == "020 7946 0155"

    def test_what_is_not_given_stays(self, cast: Cast) -> None:
        before, where = scheme_card(cast.scheme.id), reach(cast)
        told("change_scheme", "elm-tree", hours="Mornings", note="Adults.")
        after = scheme_card(cast.scheme.id)
        assert (after.opening_hours, after.coverage_note) == ("Mornings", "Adults.")
        assert (after.phone, after.email, after.coverage, reach(cast)) == (
            before.phone,
            before.email,
            before.coverage,
            where,
        )

    def test_practices_and_sectors_take_the_place_of_the_borough(self, cast: Cast) -> None:
        told(
            "change_scheme",
            "elm-tree",
            "--sector",
            "se155",
            "--sector",
            "SE15 5",
            "--practice",
            "g85001",
            "--coverage",
            "place",
        )
        assert reach(cast) == {("postcode-sector", "SE15 5"), ("practice", "G85001")}
        make_postcode()
        make_postcode("SE1 1AA")
        served, elsewhere = who_serves("SE15 5DD"), who_serves("SE1 1AA")
        assert (served.scheme and served.scheme.id, elsewhere.scheme) == (cast.scheme.id, None)

    def test_a_scheme_that_was_being_set_up_opens(self, cast: Cast) -> None:
        make_postcode()
        told("change_scheme", "elm-tree", coverage="developing")
        assert who_serves("SE15 5DD").scheme is None
        told("change_scheme", "elm-tree", coverage="whole-population")
        assert who_serves("SE15 5DD").scheme is not None

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (["--sector", "Peckham"], "Peckham is not a postcode sector. Write it like SE15 5."),
            (["--sector", "SE15 5DD"], "is not a postcode sector"),
            (["--borough", "E06000043"], "is not the ONS code of a London borough"),
            (["--practice", " "], "Give the practice’s ODS code"),
            (["--phone", "", "--email", ""], "people must be able to reach you"),
        ],
    )
    def test_a_slip_changes_nothing_at_all(self, cast: Cast, options: list[str], said: str) -> None:
        before, where = scheme_card(cast.scheme.id), reach(cast)
        with pytest.raises(CommandError, match=said):
            told("change_scheme", "elm-tree", "--coverage", "place", "--note", "New", *options)
        assert (scheme_card(cast.scheme.id), reach(cast)) == (before, where)
        assert not settings_history(cast.scheme.id).exists()

    def test_a_name_nobody_has_says_which_there_are(self, cast: Cast) -> None:
        with pytest.raises(CommandError, match="There are: canal-side, elm-tree"):
            told("change_scheme", "oak-tree", phone="020 7946 0155")

    def test_no_page_gives_this_power(self, cast: Cast) -> None:
        for who in (cast.manager, cast.administrator, cast.outside_manager):
            with pytest.raises(NotAllowed):
                change_reach(cast.scheme, coverage="none", by=cast.actor(who))


class TestRecordGap:
    def test_it_is_read_by_whoever_looks(self, cast: Cast) -> None:
        told("record_gap", BARNET, reason="The scheme closed in May.", nearest="canal-side")
        barnet = next(each for each in borough_coverage() if each.borough.code == BARNET)
        assert barnet.gap is not None
        assert (barnet.gap.reason, barnet.gap.nearest and barnet.gap.nearest.id) == (
            "The scheme closed in May.",
            cast.other_scheme.id,
        )
        page = cast.client().get(reverse("organisations:boroughs"), {"q": "Barnet"}).content.decode()
        assert "The scheme closed in May." in page

    def test_it_ends_when_a_scheme_has_come(self, cast: Cast) -> None:
        told("record_gap", BARNET, reason="None yet.")
        assert "no longer recorded" in told("record_gap", BARNET, end=True)
        assert not RecordedGap.objects.exists()
        assert "No gap was recorded" in told("record_gap", BARNET, end=True)
        assert end_gap(BARNET, by=cast.everything) is False
        with pytest.raises(NotAllowed):
            end_gap(BARNET, by=cast.actor(cast.manager))

    @pytest.mark.parametrize(
        ("code", "options", "said"),
        [
            (BARNET, {}, "Say why"),
            (BARNET, {"reason": "  "}, "Say why"),
            ("E06000043", {"reason": "Brighton"}, "London boroughs only"),
            (BARNET, {"reason": "None yet.", "nearest": "oak-tree"}, "No scheme is called"),
        ],
    )
    def test_slips(self, cast: Cast, code: str, options: dict[str, str], said: str) -> None:
        with pytest.raises(CommandError, match=said):
            told("record_gap", code, **options)
        assert not RecordedGap.objects.exists()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("SE15 5", "SE15 5"),
        ("se155", "SE15 5"),
        ("UB3 1", "UB3 1"),
        ("W1A 1", "W1A 1"),
        ("Peckham", None),
        ("", None),
        ("SE15", "SE1 5"),
    ],
)
def test_sectors_as_people_type_them(typed: str, meant: str | None) -> None:
    assert tidy_sector(typed) == meant


def test_a_borough_is_in_the_reach_once(cast: Cast) -> None:
    told("change_scheme", "elm-tree", "--borough", SOUTHWARK, "--borough", SOUTHWARK.lower())
    assert reach(cast) == {("borough", SOUTHWARK)}
