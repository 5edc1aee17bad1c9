"""London's boroughs and boards, as shipped."""

from collections import Counter
from datetime import date

import pytest

from linkworks.organisations.rules import places


def test_thirty_three_boroughs_with_their_ons_codes() -> None:
    assert sorted(places.boroughs()) == [f"E090000{number:02}" for number in range(1, 34)]
    assert [each.name for each in places.boroughs().values()] == sorted(
        each.name for each in places.boroughs().values()
    )


def test_five_boards_cover_them_all() -> None:
    covered = Counter(each.board for each in places.boroughs().values())

    assert covered == {"QMF": 8, "QMJ": 5, "QRV": 8, "QKK": 6, "QWE": 6}
    assert set(covered) == set(places.boards())
    assert places.boards_since() == date(2022, 7, 1)


@pytest.mark.parametrize(
    ("code", "board"),
    [("E09000028", "QKK"), ("E09000007", "QMJ"), ("E09000001", "QMF"), ("E09000033", "QRV"), ("E09000032", "QWE")],
)
def test_known_places(code: str, board: str) -> None:
    assert places.boroughs()[code].board == board


def test_distance_as_the_crow_flies() -> None:
    charing_cross, greenwich = (51.5073, -0.1276), (51.4779, 0.0)

    assert places.metres_between(charing_cross, greenwich) == pytest.approx(9430, rel=0.01)
    assert places.metres_between(greenwich, greenwich) == 0
