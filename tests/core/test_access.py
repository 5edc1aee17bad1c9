"""The marker on every page: who gets in, who is sent to sign in, who is told no, and whose context is opened."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from linkworks.core import access
from linkworks.core.actor import PUBLIC, Actor, job_actor
from linkworks.core.errors import Invalid, NotAllowed
from linkworks.core.permissions import Permission
from tests.context import acting, database_context

pytestmark = pytest.mark.django_db

STAFF = Actor(
    id="staff:1",
    name="Amara",
    user_id=uuid4(),
    schemes=frozenset([uuid4()]),
    permissions=frozenset([Permission.CASE_WORK]),
)


def asked(actor=None, method="get", address="/cases/?view=new"):
    request = getattr(RequestFactory(), method)(address)
    if actor:
        request.actor = actor
    return request


def says_who(request, *args, **kwargs):
    return HttpResponse(database_context()[0])


def may_work(actor):
    return actor.may(Permission.CASE_WORK)


def test_who_is_allowed_gets_in_with_their_own_context():
    """That it ends with the request is asked in test_contexts, where transactions end."""
    response = access.allow(may_work)(says_who)(asked(STAFF))
    assert response.content.decode() == "staff:1"


def test_a_page_within_somebody_elses_work_gives_the_context_back():
    with acting(job_actor("outside")):
        access.allow(may_work)(says_who)(asked(STAFF))
        assert database_context()[0] == "job:outside"


def test_every_page_has_a_transaction_of_its_own():
    assert connection.settings_dict["ATOMIC_REQUESTS"] is True


def test_who_is_not_allowed_is_told_no_before_the_page_runs():
    def never(request):
        raise AssertionError

    with pytest.raises(PermissionDenied):
        access.allow(may_work)(never)(asked(replace(STAFF, permissions=frozenset())))


def test_who_is_signed_out_is_sent_to_sign_in_and_back():
    response = access.allow(may_work)(says_who)(asked())
    assert response.status_code == 302
    assert response.url == "/accounts/sign-in?next=%2Fcases%2F%3Fview%3Dnew"


def test_after_a_post_nobody_is_sent_back_to_an_address_that_only_takes_posts():
    assert access.allow(may_work)(says_who)(asked(method="post")).url == "/accounts/sign-in"


def test_a_check_that_fails_lets_nobody_in():
    def broken(actor):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        access.allow(broken)(says_who)(asked(STAFF))


def test_a_public_page_is_the_publics_unless_somebody_is_signed_in():
    assert access.public(says_who)(asked()).content.decode() == "public"
    assert access.public(says_who)(asked(STAFF)).content.decode() == "staff:1"


def test_a_link_acts_as_itself_and_a_dead_one_as_the_public():
    link = Actor(id="link:7", name="A link", link_id=uuid4())
    page = access.by_link({"good": link}.get)(says_who)
    assert page(asked(), "good").content.decode() == "link:7"
    assert page(asked(), "dead").content.decode() == "public"


def test_a_link_never_borrows_the_session_of_whoever_is_signed_in():
    page = access.by_link(lambda token: None)(says_who)
    assert page(asked(STAFF), "dead").content.decode() == "public"


def test_an_action_that_refuses_becomes_a_page_that_says_no():
    def refused(request):
        raise NotAllowed("Ask your manager.")

    with pytest.raises(PermissionDenied, match="Ask your manager"):
        access.allow(may_work)(refused)(asked(STAFF))


def test_other_errors_are_the_pages_own():
    def wrong(request):
        raise Invalid("The date is in the future.")

    with pytest.raises(Invalid):
        access.allow(may_work)(wrong)(asked(STAFF))


@pytest.mark.parametrize("mark", [access.allow(may_work), access.public, access.by_link(lambda token: None)])
def test_the_marker_can_be_seen_and_keeps_the_pages_name(mark):
    marked = mark(says_who)
    assert marked.access
    assert marked.__name__ == "says_who"


def test_the_public_may_do_nothing():
    assert not PUBLIC.is_signed_in
    assert not any(PUBLIC.may(each) for each in Permission)
