"""Who serves me? Every London postcode has an answer."""

import pytest

from linkworks.core.actor import job_actor
from linkworks.organisations.actions import record_gap
from linkworks.organisations.models import CatchmentArea
from linkworks.organisations.queries import borough_coverage, who_serves
from linkworks.organisations.queries.serving import Answer
from tests.factories.organisations import BARNET, CAMDEN, LAMBETH, SOUTHWARK, make_postcode, make_scheme

SET_UP = job_actor("set-up")

pytestmark = pytest.mark.django_db


def test_a_scheme_that_covers_the_borough_serves() -> None:
    make_postcode()
    scheme = make_scheme(boroughs=(SOUTHWARK,))

    answer = who_serves("se155dd")

    assert answer.answer is Answer.SERVED
    assert answer.scheme is not None
    assert answer.scheme.id == scheme.id
    assert answer.borough is not None
    assert answer.borough.name == "Southwark"
    assert answer.sentence == "Peckham Connects supports people who live at SE15 5DD in Southwark."
    assert answer.gap is None


def test_the_closest_fit_comes_first() -> None:
    make_postcode()
    make_scheme("All of Southwark", boroughs=(SOUTHWARK,))
    sector = make_scheme("Rye Lane Links")
    practice = make_scheme("Surgery Links")
    CatchmentArea.objects.create(scheme=sector, kind="postcode-sector", code="SE15 5")
    CatchmentArea.objects.create(scheme=practice, kind="practice", code="G85001")

    without = who_serves("SE15 5DD")
    with_practice = who_serves("SE15 5DD", practice_code="G85001")

    assert [each.name for each in without.schemes] == ["Rye Lane Links", "All of Southwark"]
    assert [each.name for each in with_practice.schemes] == ["Surgery Links", "Rye Lane Links", "All of Southwark"]


def test_another_sector_of_the_borough_is_not_covered_by_a_sector() -> None:
    make_postcode("SE1 1AA")
    scheme = make_scheme("Rye Lane Links")
    CatchmentArea.objects.create(scheme=scheme, kind="postcode-sector", code="SE15 5")

    assert who_serves("SE1 1AA").answer is Answer.GAP


def test_a_scheme_for_some_people_is_named_with_the_nearest_for_everybody() -> None:
    make_postcode()
    make_scheme("Young Southwark", boroughs=(SOUTHWARK,), coverage="cohort", coverage_note="For people aged 16 to 25.")
    make_scheme("Lambeth Links", boroughs=(LAMBETH,), phone="020 7946 0200")

    answer = who_serves("SE15 5DD")

    assert answer.answer is Answer.SOME_PEOPLE
    assert answer.gap is not None
    assert answer.gap.nearest is not None
    assert answer.gap.nearest.name == "Lambeth Links"
    assert "For people aged 16 to 25." in answer.sentence
    assert "Lambeth Links (phone 020 7946 0200)" in answer.sentence


def test_a_recorded_gap_says_why_and_who_is_nearest() -> None:
    make_postcode("NW1 1AA", CAMDEN, 51.5345, -0.1433)
    nearest = make_scheme("Barnet Links", boroughs=(BARNET,), phone="020 7946 0300")
    record_gap(CAMDEN, reason="Camden's scheme starts in 2027.", nearest=nearest, by=SET_UP)

    answer = who_serves("NW1 1AA")

    assert answer.answer is Answer.GAP
    assert answer.gap is not None
    assert (
        answer.sentence == "Camden's scheme starts in 2027. The nearest scheme is Barnet Links (phone 020 7946 0300)."
    )


def test_a_borough_with_nothing_recorded_is_a_gap_with_the_nearest_scheme_by_distance() -> None:
    make_postcode("NW1 1AA", CAMDEN, 51.5345, -0.1433)
    make_scheme("Southwark Links", boroughs=(SOUTHWARK,))
    make_scheme("Barnet Links", boroughs=(BARNET,))

    answer = who_serves("NW1 1AA")

    assert answer.answer is Answer.GAP
    assert answer.gap is not None
    assert answer.gap.nearest is not None
    assert answer.gap.nearest.name == "Southwark Links"
    assert answer.sentence.startswith("No social prescribing scheme for Camden has been added to Linkworks yet.")


def test_with_no_scheme_anywhere_the_answer_still_says_where_to_ask() -> None:
    make_postcode()

    answer = who_serves("SE15 5DD")

    assert answer.answer is Answer.GAP
    assert answer.sentence.endswith("Ask your GP practice or your council what there is.")


def test_a_scheme_that_covers_nobody_is_not_offered() -> None:
    make_postcode()
    make_scheme("Closed Links", boroughs=(SOUTHWARK,), coverage="none")

    assert who_serves("SE15 5DD").schemes == ()


@pytest.mark.parametrize("typed", ["", "hello", "SE15", "SE15 5D"])
def test_what_is_not_a_postcode_is_said_so(typed: str) -> None:
    answer = who_serves(typed)

    assert answer.answer is Answer.UNKNOWN
    assert "is not a full postcode" in answer.sentence


def test_a_postcode_nobody_knows_is_said_so() -> None:
    answer = who_serves("SE15 9ZZ")

    assert answer.answer is Answer.UNKNOWN
    assert answer.sentence.startswith("We do not know the postcode SE15 9ZZ.")


@pytest.mark.parametrize("coverage", ["none", "developing"])
def test_nobody_is_sent_to_a_scheme_that_takes_no_referrals(coverage: str) -> None:
    make_postcode("NW1 1AA", CAMDEN, 51.5345, -0.1433)
    make_scheme("Southwark Links", boroughs=(SOUTHWARK,))
    record_gap(CAMDEN, reason="It closed.", nearest=make_scheme("Barnet Links", coverage=coverage), by=SET_UP)

    (camden,) = (each for each in borough_coverage() if each.borough.code == CAMDEN)

    for gap in (who_serves("NW1 1AA").gap, camden.gap):
        assert gap and gap.reason == "It closed."
        assert gap.nearest and gap.nearest.name == "Southwark Links"


def test_outside_london_is_said_plainly() -> None:
    make_postcode("BN1 1AA", "E06000043", 50.82, -0.14)

    answer = who_serves("bn1 1aa")

    assert answer.answer is Answer.OUTSIDE_LONDON
    assert "BN1 1AA is outside London." in answer.sentence


def test_all_33_boroughs_have_a_scheme_or_a_gap() -> None:
    scheme = make_scheme(boroughs=(SOUTHWARK,))
    record_gap(CAMDEN, reason="Being set up.", nearest=None, by=SET_UP)

    coverage = {each.borough.name: each for each in borough_coverage()}

    assert len(coverage) == 33
    assert [each.id for each in coverage["Southwark"].schemes] == [scheme.id]
    assert coverage["Southwark"].gap is None
    assert coverage["Camden"].gap is not None
    assert coverage["Camden"].gap.reason == "Being set up."
    others = [each for name, each in coverage.items() if name != "Southwark"]
    assert all(each.gap and each.gap.nearest and each.gap.nearest.id == scheme.id for each in others)


def test_the_list_of_boroughs_asks_the_same_however_many_schemes(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for code in (SOUTHWARK, CAMDEN, LAMBETH, BARNET):
        make_scheme(f"Links {code}", boroughs=(code,))

    with django_assert_max_num_queries(2):
        borough_coverage()
