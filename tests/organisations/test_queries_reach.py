"""Schemes that are being set up, and schemes that reach a part of a borough: the same answer by postcode and in the list."""

import pytest
from django.urls import reverse

from linkworks.core.actor import job_actor
from linkworks.organisations.actions import record_gap
from linkworks.organisations.models import CatchmentArea, Scheme
from linkworks.organisations.queries import BoroughCoverage, borough_coverage, who_serves
from linkworks.organisations.queries.serving import Answer
from linkworks.referrals.queries import scheme_choice
from tests.cast import Cast
from tests.factories.organisations import (
    BARNET,
    CAMDEN,
    LAMBETH,
    SOUTHWARK,
    make_organisation,
    make_postcode,
    make_scheme,
)

SET_UP = job_actor("set-up")

pytestmark = pytest.mark.django_db


def starting(**facts: str) -> Scheme:
    return make_scheme("Spire Hill", boroughs=(SOUTHWARK,), coverage="developing", coverage_note="From May.", **facts)


def at(name: str) -> BoroughCoverage:
    return next(each for each in borough_coverage() if each.borough.name == name)


def sector(scheme: Scheme, code: str) -> None:
    CatchmentArea.objects.create(scheme=scheme, kind="postcode-sector", code=code)


class TestBeingSetUp:
    def test_it_is_said_and_the_nearest_helps_until_then(self, db: None) -> None:
        make_postcode()
        starting()
        make_scheme("Lambeth Links", boroughs=(LAMBETH,), phone="020 7946 0200")
        answer = who_serves("SE15 5DD")
        assert answer.answer is Answer.GAP
        assert answer.sentence == (
            "Spire Hill is being set up in Southwark and takes no referrals yet. From May. "
            "The nearest scheme is Lambeth Links (phone 020 7946 0200)."
        )
        assert (answer.schemes, answer.scheme) == ((), None)
        assert [each.name for each in answer.starting] == ["Spire Hill"]

    def test_beside_a_scheme_that_serves_it_changes_nothing(self, db: None) -> None:
        make_postcode()
        starting()
        serving = make_scheme(boroughs=(SOUTHWARK,))
        answer = who_serves("SE15 5DD")
        assert (answer.answer, answer.scheme and answer.scheme.id) == (Answer.SERVED, serving.id)
        assert [each.name for each in answer.starting] == ["Spire Hill"]

    @pytest.mark.parametrize("postcode", ["SE15 5DD", ""])
    def test_nobody_is_referred_to_it(self, db: None, postcode: str) -> None:
        make_postcode()
        starting()
        make_scheme("Lambeth Links", boroughs=(LAMBETH,))
        choice = scheme_choice(postcode, door="account", referrer_type="gp")
        assert [each.name for each in choice.options] == ["Lambeth Links"]

    def test_the_public_page_marks_it_and_shows_who_helps_meanwhile(self, cast: Cast) -> None:
        make_postcode("EN5 1AA", BARNET)
        make_scheme("Barnet Beginnings", boroughs=(BARNET,), coverage="developing")
        page = cast.client().get(reverse("frontdoor:who-serves-me"), {"postcode": "EN5 1AA"}).content.decode()
        assert "Barnet Beginnings is being set up in Barnet and takes no referrals yet." in page
        assert "Being set up" in page
        assert "Nearest" in page


class TestPartsOfABorough:
    def test_a_sector_is_placed_in_its_borough(self, db: None) -> None:
        make_postcode("SE15 5DD")
        make_postcode("SE1 1AA")
        scheme = make_scheme("Rye Lane Links", coverage="place")
        sector(scheme, "SE15 5")
        found = at("Southwark")
        assert [each.name for each in found.schemes] == ["Rye Lane Links"]
        assert found.gap is not None
        assert found.gap.reason.startswith("Rye Lane Links supports part of Southwark.")
        assert at("Camden").schemes == ()

    @pytest.mark.parametrize(("code", "postcode"), [("SE1 5", "SE15 5DD"), ("SE15 5", "SE1 5DD")])
    def test_sectors_that_begin_alike_are_not_mixed_up(self, db: None, code: str, postcode: str) -> None:
        make_postcode(postcode)
        sector(make_scheme("Rye Lane Links", coverage="place"), code)
        assert at("Southwark").schemes == ()

    def test_a_sector_on_a_border_is_in_both(self, db: None) -> None:
        make_postcode("SE5 8AA", SOUTHWARK)
        make_postcode("SE5 8AB", LAMBETH)
        sector(make_scheme("Green Links", coverage="place"), "SE5 8")
        assert [len(at(name).schemes) for name in ("Southwark", "Lambeth", "Camden")] == [1, 1, 0]

    def test_a_practice_is_placed_by_its_address(self, db: None) -> None:
        make_postcode("NW1 0AA", CAMDEN)
        make_organisation("The Lock Surgery", "gp-practice", ods_code="F83001", postcode="NW1 0AA")
        scheme = make_scheme("Surgery Links", coverage="cohort")
        for code in ("F83001", "F83999"):
            CatchmentArea.objects.create(scheme=scheme, kind="practice", code=code)
        assert [each.name for each in at("Camden").schemes] == ["Surgery Links"]
        assert sum(len(each.schemes) for each in borough_coverage()) == 1

    def test_whole_and_part_are_one_scheme_and_no_gap(self, db: None) -> None:
        make_postcode()
        scheme = make_scheme(boroughs=(SOUTHWARK,))
        sector(scheme, "SE15 5")
        found = at("Southwark")
        assert (len(found.schemes), found.gap) == (1, None)

    def test_a_recorded_gap_says_it_in_its_own_words(self, db: None) -> None:
        make_postcode()
        sector(make_scheme("Rye Lane Links", coverage="place"), "SE15 5")
        record_gap(SOUTHWARK, reason="The north has no scheme yet.", by=SET_UP)
        gap = at("Southwark").gap
        assert gap is not None
        assert gap.reason == "The north has no scheme yet."

    def test_the_list_and_the_postcode_agree(self, db: None) -> None:
        """Whoever serves somebody at a postcode is in the list of that borough."""
        for number, (postcode, code) in enumerate([("SE15 5DD", SOUTHWARK), ("NW1 0AA", CAMDEN), ("SE5 8AB", LAMBETH)]):
            make_postcode(postcode, code)
            if number:
                sector(make_scheme(f"Links {number}", coverage="place"), postcode[:-2])
        make_scheme("Southwark Links", boroughs=(SOUTHWARK,))
        for postcode in ("SE15 5DD", "NW1 0AA", "SE5 8AB"):
            answer = who_serves(postcode)
            assert answer.borough is not None
            assert {each.id for each in answer.schemes} == {each.id for each in at(answer.borough.name).schemes}

    def test_it_asks_the_same_however_many_sectors_and_practices(self, db: None, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
        for number in range(6):
            make_postcode(f"SE15 {number}AA")
            make_organisation(
                f"Surgery {number}", "gp-practice", ods_code=f"G8500{number}", postcode=f"SE15 {number}AA"
            )
            scheme = make_scheme(f"Links {number}", coverage="place")
            sector(scheme, f"SE15 {number}")
            CatchmentArea.objects.create(scheme=scheme, kind="practice", code=f"G8500{number}")
        with django_assert_max_num_queries(5):
            borough_coverage()
