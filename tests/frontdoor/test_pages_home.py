"""The first page, where staff start, and who serves a postcode."""

import pytest

from tests.cast import Cast
from tests.factories.organisations import BARNET, make_postcode

WHO = "/who-serves-me"


def test_anybody_sees_what_it_is_and_where_to_go(cast: Cast) -> None:
    page = cast.client().get("/").content.decode()
    for link in ('href="/find"', 'href="/self-refer"', 'href="/refer"', 'href="/who-serves-me"', "sign-in"):
        assert link in page
    assert 'name="robots"' not in page


@pytest.mark.parametrize(
    ("who", "place"), [("referrer", "/referrals/"), ("signposter", "/referrals/key-in"), ("steward", "/directory")]
)
def test_staff_start_where_their_work_is(cast: Cast, who: str, place: str) -> None:
    page = cast.client(getattr(cast, who)).get("/")
    assert page.status_code == 302
    assert page.url == place  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "who",
    [
        "link_worker",
        "manager",
        "safeguarding_lead",
        "provider_coordinator",
        "session_leader",
        "administrator",
        "commissioner",
    ],
)
def test_nobody_signed_in_is_left_without_a_page(cast: Cast, who: str) -> None:
    assert cast.client(getattr(cast, who)).get("/").status_code in {200, 302}


def test_the_first_page_is_only_read(cast: Cast) -> None:
    assert cast.client().post("/").status_code == 405


class TestWhoServesMe:
    def test_a_postcode_gives_the_scheme(self, cast: Cast) -> None:
        make_postcode()
        page = cast.client().get(WHO, {"postcode": "se155dd"}).content.decode()
        assert "Elm Tree Social Prescribing" in page
        assert "020 7946 0100" in page
        assert "/find?postcode=SE15+5DD" in page

    def test_a_gap_is_said_with_the_nearest(self, cast: Cast) -> None:
        make_postcode("EN5 5XQ", BARNET, 51.65, -0.2)
        page = cast.client().get(WHO, {"postcode": "EN5 5XQ"}).content.decode()
        assert "No social prescribing scheme for Barnet" in page
        assert "Nearest" in page
        assert "/find?postcode=EN5+5XQ" in page

    @pytest.mark.parametrize(
        ("typed", "said"),
        [("", "Enter a postcode"), ("nowhere", "is not a full postcode"), ("SE1 9ZZ", "We do not know the postcode")],
    )
    def test_what_cannot_be_answered_is_said(self, cast: Cast, typed: str, said: str) -> None:
        assert said in cast.client().get(WHO, {"postcode": typed}).content.decode()

    def test_it_is_only_read(self, cast: Cast) -> None:
        assert cast.client().get(WHO).status_code == 200
        assert cast.client().post(WHO).status_code == 405
