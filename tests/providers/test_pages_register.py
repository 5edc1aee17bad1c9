from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linkworks.connections import actions as connections
from linkworks.connections.models import Attendance, Connection
from linkworks.core.clock import now, today
from linkworks.directory.models import Schedule, Service
from linkworks.providers.forms import came, why
from linkworks.ui.formats import long_date
from tests.cast import Cast
from tests.factories.connections import make_connection, make_service

from .conftest import text_of


@pytest.fixture
def lunch(cast: Cast) -> Service:
    return make_service(cast.provider)


@pytest.fixture
def desmond(cast: Cast) -> Client:
    """The browser of whoever runs the session."""
    return cast.client(cast.session_leader)


def address(service: Service, on: str = "") -> str:
    return reverse("providers:register", args=[service.id]) + (f"?on={on}" if on else "")


def test_whoever_runs_the_session_sees_a_name_and_what_they_must_know(
    cast: Cast, desmond: Client, lunch: Service
) -> None:
    connection = make_connection(cast, "accepted", service=lunch)
    page = text_of(desmond.get(address(lunch)))
    for shown in ("Sam", "Step-free, speaks Polish", "Jo, 07700 900456"):
        assert shown in page
    for hidden in (connection.support_need, connection.contact_shared, connection.reference, "Canary"):
        assert hidden not in page


def test_many_are_ticked_at_once(cast: Cast, desmond: Client, lunch: Service) -> None:
    ada, ben, cy = (make_connection(cast, "accepted", service=lunch, name_shared=name) for name in ("Ada", "Ben", "Cy"))
    ticks = {came(ada.id): "yes", came(ben.id): "no", why(ben.id): "logistics", came(cy.id): ""}
    response = desmond.post(address(lunch), ticks, follow=True)
    assert "Saved: 2 people marked" in text_of(response)
    marks = {mark.connection_id: (mark.attended, mark.absence) for mark in Attendance.objects.all()}
    assert marks == {ada.id: ("yes", ""), ben.id: ("no", "logistics")}
    states = dict(Connection.objects.values_list("name_shared", "state"))
    assert states == {"Ada": "attending", "Ben": "accepted", "Cy": "accepted"}


def test_what_was_ticked_is_there_again_and_can_be_put_right(cast: Cast, desmond: Client, lunch: Service) -> None:
    ada = make_connection(cast, "accepted", service=lunch)
    desmond.post(address(lunch), {came(ada.id): "late"})
    assert text_of(desmond.get(address(lunch))).count("checked") == 1
    desmond.post(address(lunch), {came(ada.id): "yes"})
    assert Attendance.objects.get().attended == "yes"


def test_an_earlier_session_can_be_kept(cast: Cast, desmond: Client, lunch: Service) -> None:
    day = today() - timedelta(days=5)
    ada = make_connection(cast, "accepted", service=lunch, answered_at=now() - timedelta(days=6))
    response = desmond.post(address(lunch, day.isoformat()), {came(ada.id): "yes"})
    assert response["Location"] == address(lunch, day.isoformat())
    assert Attendance.objects.get().session_on == day


def test_not_coming_needs_its_reason_and_ticks_stay(cast: Cast, desmond: Client, lunch: Service) -> None:
    ada, ben = (make_connection(cast, "accepted", service=lunch, name_shared=name) for name in ("Ada", "Ben"))
    response = desmond.post(address(lunch), {came(ada.id): "yes", came(ben.id): "no"})
    assert response.status_code == 400
    assert "Choose what happened for Ben" in text_of(response)
    assert text_of(response).count("checked") == 2
    assert not Attendance.objects.exists()


def test_people_of_other_groups_can_not_be_slipped_in(cast: Cast, desmond: Client, lunch: Service) -> None:
    make_connection(cast, "accepted", service=lunch)
    theirs = make_connection(cast, "accepted", service=make_service(cast.other_provider))
    desmond.post(address(lunch), {came(theirs.id): "yes"})
    assert not Attendance.objects.exists()


def test_an_empty_register_says_so(cast: Cast, desmond: Client, lunch: Service) -> None:
    page = text_of(desmond.get(address(lunch)))
    assert "Nobody is expected at this session." in page
    assert "Save the register" not in page


def test_the_list_of_registers_says_how_many_are_expected(cast: Cast, desmond: Client, lunch: Service) -> None:
    make_connection(cast, "accepted", service=lunch)
    make_service(cast.provider, name="Knit and natter")
    page = text_of(desmond.get(reverse("providers:registers")))
    assert "1 person expected" in page
    assert page.index("Tuesday lunch club") < page.index("Knit and natter")


def test_a_group_without_services_is_told(cast: Cast, desmond: Client) -> None:
    assert "no services listed yet" in text_of(desmond.get(reverse("providers:registers")))


def test_co_ordinators_can_keep_registers_too(cast: Cast, maggie: Client, lunch: Service) -> None:
    assert maggie.get(address(lunch)).status_code == 200


def test_other_groups_do_not_learn_that_it_exists(cast: Cast, lunch: Service) -> None:
    assert cast.client(cast.other_provider_coordinator).get(address(lunch)).status_code == 404


@pytest.mark.parametrize("who", ["link_worker", "referrer", "administrator", "signposter"])
def test_other_roles_are_refused(cast: Cast, lunch: Service, who: str) -> None:
    assert cast.client(getattr(cast, who)).get(address(lunch)).status_code == 403


def test_signed_out_leads_to_signing_in(cast: Cast, visitor: Client, lunch: Service) -> None:
    assert visitor.get(address(lunch)).status_code == 302


def test_wrong_methods(cast: Cast, desmond: Client, lunch: Service) -> None:
    assert desmond.put(address(lunch)).status_code == 405
    assert desmond.post(reverse("providers:registers")).status_code == 405


def test_it_asks_as_much_for_many_as_for_one(
    cast: Cast, desmond: Client, lunch: Service, django_assert_num_queries: Any
) -> None:
    make_connection(cast, "accepted", service=lunch)
    desmond.get(address(lunch))
    with CaptureQueriesContext(connection) as few:
        desmond.get(address(lunch))
    for _ in range(6):
        make_connection(cast, "accepted", service=lunch)
    with django_assert_num_queries(len(few.captured_queries)):
        desmond.get(address(lunch))


def test_only_the_days_it_met_are_offered_and_the_latest_is_chosen(cast: Cast, desmond: Client, lunch: Service) -> None:
    yesterday = today() - timedelta(days=1)
    Schedule.objects.create(service=lunch, freq="WEEKLY", byday=f"{yesterday:%A}"[:2].upper())
    make_connection(cast, "accepted", service=lunch, answered_at=now() - timedelta(days=20))
    page = text_of(desmond.get(address(lunch)))
    offered = [back for back in range(14) if f'value="{today() - timedelta(days=back)}"' in page]
    assert offered == [1, 8]
    assert f"{long_date(yesterday)}</h2>" in page


def test_where_the_times_are_words_every_day_is_offered(cast: Cast, desmond: Client, lunch: Service) -> None:
    Schedule.objects.create(service=lunch, description="When the weather is good")
    page = text_of(desmond.get(address(lunch)))
    assert all(f'value="{today() - timedelta(days=back)}"' in page for back in range(14))


def test_nobody_stands_on_the_register_of_a_day_before_they_were_accepted(
    cast: Cast, desmond: Client, lunch: Service
) -> None:
    make_connection(cast, "accepted", service=lunch, name_shared="Newcomer")
    make_connection(cast, "accepted", service=lunch, name_shared="Regular", answered_at=now() - timedelta(days=9))
    before = text_of(desmond.get(address(lunch, (today() - timedelta(days=9)).isoformat())))
    assert "Regular" in before
    assert "Newcomer" not in before
    assert "Newcomer" in text_of(desmond.get(address(lunch)))


def test_saving_a_register_leaves_what_a_link_worker_noted(cast: Cast, desmond: Client, lunch: Service) -> None:
    ann, bob = (make_connection(cast, "accepted", service=lunch, name_shared=name) for name in ("Ann", "Bob"))
    noted = {"session_on": today(), "attended": "no", "absence": "acceptable", "note": "Rang, at hospital"}
    connections.mark_attendance(ann, **noted, by=cast.actor(cast.link_worker))
    ticks = {came(ann.id): "no", why(ann.id): "acceptable", came(bob.id): "yes"}
    assert "Saved: 1 person marked" in text_of(desmond.post(address(lunch), ticks, follow=True))
    kept = Attendance.objects.get(connection=ann)
    assert (kept.worker_note, kept.marked_by_name) == ("Rang, at hospital", "Amara Boateng")
    desmond.post(address(lunch), {**ticks, came(ann.id): "late"})
    kept.refresh_from_db()
    assert (kept.worker_note, kept.attended) == ("Rang, at hospital", "late")


def test_saving_a_register_as_it_stands_marks_nobody_again(cast: Cast, desmond: Client, lunch: Service) -> None:
    ada = make_connection(cast, "accepted", service=lunch)
    desmond.post(address(lunch), {came(ada.id): "yes"})
    assert "Nothing was changed" in text_of(desmond.post(address(lunch), {came(ada.id): "yes"}, follow=True))


def test_a_register_opened_before_midnight_is_saved_for_its_own_day(
    cast: Cast, desmond: Client, lunch: Service
) -> None:
    make_connection(cast, "accepted", service=lunch)
    page = text_of(desmond.get(address(lunch)))
    assert f'action="{address(lunch, today().isoformat())}"' in page


@pytest.mark.parametrize("on", ["2020-01-01", "2126-01-01", "tomorrow"])
def test_a_day_no_register_is_kept_for_is_never_taken_for_another(
    cast: Cast, desmond: Client, lunch: Service, on: str
) -> None:
    ada = make_connection(cast, "accepted", service=lunch)
    assert desmond.get(address(lunch, on)).status_code == 404
    assert desmond.post(address(lunch, on), {came(ada.id): "yes"}).status_code == 404
    assert not Attendance.objects.exists()


def test_a_listing_taken_down_keeps_its_register_while_people_have_a_place(
    cast: Cast, desmond: Client, maggie: Client, lunch: Service
) -> None:
    """Taking it down promises that they keep their place: so they can still be marked, and the places said."""
    ada = make_connection(cast, "accepted", service=lunch)
    Service.objects.filter(pk=lunch.pk).update(is_published=False)
    assert lunch.name in text_of(desmond.get(reverse("providers:registers")))
    assert desmond.post(address(lunch), {came(ada.id): "yes"}).status_code == 302
    assert Attendance.objects.get().connection_id == ada.pk
    assert maggie.get(reverse("providers:room", args=[lunch.pk])).status_code == 200
    gone = make_service(cast.provider, name="Nobody goes", is_published=False)
    assert desmond.get(address(gone)).status_code == 404
