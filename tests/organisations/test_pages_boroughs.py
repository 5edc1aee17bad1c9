"""The public list of boroughs."""

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.core.actor import job_actor
from linkworks.organisations.actions import record_gap
from linkworks.organisations.models import CatchmentArea, Scheme
from tests.cast import Cast
from tests.factories.organisations import BARNET, make_postcode, make_scheme

SET_UP = job_actor("set-up")

pytestmark = pytest.mark.django_db


def words(client: Client, **asked: str) -> str:
    response = client.get(reverse("organisations:boroughs"), asked)
    assert response.status_code == 200
    return response.content.decode()


def test_anybody_sees_every_borough_with_its_scheme_or_gap(cast: Cast, client: Client) -> None:
    record_gap(BARNET, reason="Barnet's scheme starts in 2027.", nearest=cast.other_scheme, by=SET_UP)

    page = words(client)

    assert page.count('class="app-card"') + page.count("app-card app-card--") == 33
    assert cast.scheme.name in page
    assert "Barnet&#39;s scheme starts in 2027." in page
    assert "No social prescribing scheme for Bromley has been added" in page
    assert "Nearest scheme" in page


def test_search_by_name_of_borough_or_scheme(cast: Cast, client: Client) -> None:
    page = words(client, q="southw")
    assert "Southwark" in page
    assert "Camden" not in page
    assert "Camden" in words(client, q=cast.other_scheme.name)


def test_a_postcode_is_answered(cast: Cast, client: Client) -> None:
    make_postcode()

    page = words(client, q="se155dd")

    assert f"{cast.scheme.name} supports people who live at SE15 5DD in Southwark." in page
    assert "Bromley" not in page


@pytest.mark.parametrize("typed", ["SE15 9ZZ", "zz9", "<script>alert(1)</script>", "nowhere at all"])
def test_what_is_not_found_says_what_to_do(client: Client, typed: str) -> None:
    page = words(client, q=typed)

    assert "See every borough" in page
    assert "<script>alert" not in page


def test_a_name_with_a_figure_in_it_is_looked_for_as_a_name(cast: Cast, client: Client) -> None:
    Scheme.objects.filter(id=cast.scheme.id).update(name="Peckham 2gether")
    page = words(client, q="2gether")
    assert "Southwark" in page
    assert "is not a full postcode" not in page


def test_signed_in_staff_see_it_too(cast: Cast) -> None:
    assert "Southwark" in words(cast.client(cast.link_worker))


def test_it_is_only_looked_at(client: Client) -> None:
    assert client.post(reverse("organisations:boroughs")).status_code == 405


def test_queries_do_not_grow_with_schemes(cast: Cast, client: Client, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for number in range(1, 20):
        scheme = make_scheme(f"Links {number}")
        CatchmentArea.objects.create(scheme=scheme, kind="borough", code=f"E090000{number:02}")

    with django_assert_max_num_queries(8):
        words(client)
