"""Who may give which role, with which hours: fair shares from the first day, and nobody's sight given away by a neighbour."""

from datetime import timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from linkworks.accounts import actions, queries
from linkworks.accounts.models import Invitation, Membership
from linkworks.accounts.queries import actor_for
from linkworks.accounts.roles import ROLES, Role
from linkworks.casework.queries import workers
from linkworks.core import clock
from linkworks.core.actor import PUBLIC, Actor, job_actor
from linkworks.core.errors import Invalid, NotAllowed
from tests.cast import Cast
from tests.factories.accounts import just_confirmed, make_membership, make_user
from tests.factories.organisations import make_scheme

pytestmark = pytest.mark.django_db

INVITE = reverse("accounts:invite")
CARRYING = [role for role in Role if ROLES[role].carries_cases]
WHOLE_SCHEME = [Role.TEAM_MANAGER, Role.SAFEGUARDING_LEAD]
KIT = {"name": "Kit Moss", "email": "kit@example.org"}


@pytest.fixture
def by(cast: Cast) -> Actor:
    return actor_for(cast.administrator)


@pytest.fixture
def browser(cast: Cast) -> Client:
    return just_confirmed(cast.client(cast.administrator), cast.administrator)


@pytest.fixture
def neighbour(cast: Cast) -> Any:
    """A practice's administrator; one nurse of theirs works in the scheme somebody else hosts."""
    make_membership(make_user("Nurse Joy"), cast.practice, Role.LINK_WORKER, cast.scheme)
    user = make_user("Ada Quill")
    make_membership(user, cast.practice, Role.ORGANISATION_ADMINISTRATOR)
    return user


def join(invitation: Invitation) -> Membership:
    facts = {"name": invitation.name, "password": "marmalade canal bicycle"}
    return Membership.objects.get(user=actions.accept_as_new(invitation.id, **facts, by=PUBLIC))


class TestHours:
    @pytest.mark.parametrize("role", CARRYING)
    def test_they_are_asked_of_whoever_carries_cases(self, cast: Cast, browser: Client, role: Role) -> None:
        page = browser.post(INVITE, {**KIT, "role": role.value})
        assert page.status_code == 400
        assert "Enter how many hours a week they work" in page.content.decode()
        assert "kit@example.org" in page.content.decode()
        assert not Invitation.objects.exists()

    @pytest.mark.parametrize("role", [role for role in queries.grantable_roles() if not ROLES[role].carries_cases])
    def test_and_of_nobody_else(self, cast: Cast, browser: Client, role: Role) -> None:
        assert browser.post(INVITE, {**KIT, "role": role.value}).status_code == 302

    @pytest.mark.parametrize(("typed", "hours"), [("15", "15"), ("22.5", "22.5"), ("22,5", "22.5"), ("0", "0")])
    def test_they_come_with_the_invitation_and_share_the_work(
        self, cast: Cast, browser: Client, typed: str, hours: str
    ) -> None:
        browser.post(INVITE, {**KIT, "role": "link-worker", "weekly_hours": typed})
        joined = join(Invitation.objects.get())
        assert joined.weekly_hours == Decimal(hours)
        found = next(each for each in workers(cast.scheme.id) if each.id == joined.user_id)
        assert found.weekly_hours == float(hours)

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("two days", "Hours a week must be a number, like 22.5"),
            ("-3", "Hours a week must be 0 or more"),
            ("168", "Hours a week must be 60 or fewer"),
            ("7.25", "one number behind the point"),
            ("NaN", "must be a number"),
        ],
    )
    def test_slips_are_said(self, browser: Client, typed: str, said: str) -> None:
        page = browser.post(INVITE, {**KIT, "role": "link-worker", "weekly_hours": typed})
        assert page.status_code == 400
        assert said in page.content.decode()

    def test_a_colleague_goes_part_time_and_stays_what_they_are(self, cast: Cast, browser: Client) -> None:
        held = Membership.objects.get(user=cast.link_worker)
        address = reverse("accounts:member", args=[held.id])
        assert 'value="37.5"' in browser.get(address).content.decode()
        browser.post(address, {"role": "link-worker", "weekly_hours": "15"})
        now = Membership.objects.get(user=cast.link_worker)
        assert (now.id, now.weekly_hours, now.starts_on, now.ends_on) == (held.id, 15, held.starts_on, None)
        history = Membership.pgh_event_model.objects.filter(pgh_obj_id=held.id)  # type: ignore[attr-defined]
        assert list(history.order_by("pgh_id").values_list("weekly_hours", flat=True))[-1] == 15

    def test_another_role_keeps_the_hours_unless_told(self, cast: Cast, by: Actor) -> None:
        held = Membership.objects.get(user=cast.link_worker)
        facts: dict[str, Any] = {"role": Role.COMMUNITY_CONNECTOR, "scheme_id": cast.scheme.id}
        actions.change_role(held.id, **facts, weekly_hours=Decimal("22.5"), by=by)
        live = Membership.objects.get(user=cast.link_worker, ends_on=None)
        actions.change_role(live.id, role=Role.LINK_WORKER, scheme_id=cast.scheme.id, by=by)
        assert Membership.objects.get(user=cast.link_worker, ends_on=None).weekly_hours == Decimal("22.5")

    def test_an_organisation_without_schemes_is_not_asked(self, cast: Cast) -> None:
        user = make_user("Ada Quill")
        make_membership(user, cast.provider, Role.ORGANISATION_ADMINISTRATOR)
        page = just_confirmed(cast.client(user), user).get(INVITE).content.decode()
        assert "Hours a week" not in page


class TestHosts:
    @pytest.mark.parametrize("role", WHOLE_SCHEME)
    def test_the_host_gives_sight_of_its_scheme(self, cast: Cast, by: Actor, role: Role) -> None:
        made = actions.invite(cast.host.id, **KIT, role=role, scheme_id=cast.scheme.id, by=by)
        assert (made.role, made.scheme_id) == (role.value, cast.scheme.id)

    @pytest.mark.parametrize("role", WHOLE_SCHEME)
    def test_a_neighbour_whose_nurse_works_there_does_not(self, cast: Cast, neighbour: Any, role: Role) -> None:
        ada = actor_for(neighbour)
        with pytest.raises(Invalid, match="Only Elm Tree Trust can give this role in Elm Tree Social Prescribing"):
            actions.invite(cast.practice.id, **KIT, role=role, scheme_id=cast.scheme.id, by=ada)
        nurse = Membership.objects.get(user__name="Nurse Joy")
        with pytest.raises(Invalid, match="Only Elm Tree Trust"):
            actions.change_role(nurse.id, role=role, scheme_id=cast.scheme.id, by=ada)
        nurse.refresh_from_db()
        assert (nurse.role, nurse.ends_on) == ("link-worker", None)
        assert not Invitation.objects.exists()

    def test_a_neighbour_still_places_their_own_workers(self, cast: Cast, neighbour: Any) -> None:
        facts: dict[str, Any] = {"role": Role.LINK_WORKER, "scheme_id": cast.scheme.id}
        assert actions.invite(cast.practice.id, **KIT, **facts, by=actor_for(neighbour))

    def test_the_page_does_not_offer_what_is_refused(self, cast: Cast, neighbour: Any, browser: Client) -> None:
        theirs = just_confirmed(cast.client(neighbour), neighbour).get(INVITE).content.decode()
        ours = browser.get(INVITE).content.decode()
        for role in WHOLE_SCHEME:
            assert f'value="{role.value}"' not in theirs
            assert f'value="{role.value}"' in ours

    def test_posting_it_all_the_same_writes_nothing(self, cast: Cast, neighbour: Any) -> None:
        browser = just_confirmed(cast.client(neighbour), neighbour)
        facts = {**KIT, "role": "safeguarding-lead", "scheme": str(cast.scheme.id), "weekly_hours": "37.5"}
        assert browser.post(INVITE, facts).status_code == 400
        assert not Invitation.objects.exists()

    def test_a_host_of_one_scheme_gives_no_sight_of_another(self, cast: Cast, neighbour: Any) -> None:
        """The practice hosts a scheme of its own now, so the role is offered; for the neighbour's scheme it is refused."""
        own = make_scheme("Rye Lane Links", host=cast.practice)
        browser = just_confirmed(cast.client(neighbour), neighbour)
        facts = {**KIT, "role": "team-manager", "weekly_hours": "37.5"}
        refused = browser.post(INVITE, {**facts, "scheme": str(cast.scheme.id)})
        assert refused.status_code == 400
        assert "Only Elm Tree Trust can give this role" in refused.content.decode()
        assert browser.post(INVITE, {**facts, "scheme": str(own.id)}).status_code == 302
        assert Invitation.objects.get().scheme_id == own.id


class TestStewards:
    """Who keeps the directory keeps it for all of London, so a one-person charity cannot give that to itself."""

    def test_a_host_of_a_scheme_gives_it(self, cast: Cast, by: Actor) -> None:
        made = actions.invite(cast.host.id, **KIT, role=Role.DIRECTORY_STEWARD, scheme_id=None, by=by)
        assert made.role == "directory-steward"

    def test_nobody_else_does(self, cast: Cast, neighbour: Any) -> None:
        ada, nurse = actor_for(neighbour), Membership.objects.get(user__name="Nurse Joy")
        with pytest.raises(Invalid, match="Only an organisation that hosts a scheme"):
            actions.invite(cast.practice.id, **KIT, role=Role.DIRECTORY_STEWARD, scheme_id=None, by=ada)
        with pytest.raises(Invalid, match="Only an organisation that hosts a scheme"):
            actions.change_role(nurse.id, role=Role.DIRECTORY_STEWARD, scheme_id=None, by=ada)
        nurse.refresh_from_db()
        assert (nurse.role, nurse.ends_on) == ("link-worker", None)
        assert not Invitation.objects.exists()

    def test_the_page_does_not_offer_it_and_refuses_it(self, cast: Cast, neighbour: Any, browser: Client) -> None:
        theirs = just_confirmed(cast.client(neighbour), neighbour)
        assert 'value="directory-steward"' not in theirs.get(INVITE).content.decode()
        assert 'value="directory-steward"' in browser.get(INVITE).content.decode()
        assert theirs.post(INVITE, {**KIT, "role": "directory-steward"}).status_code == 400
        assert not Invitation.objects.exists()


class TestTheInstallationsOwnRoles:
    @pytest.mark.parametrize("role", ["support", "pan-london-analyst"])
    def test_the_command_gives_them(self, cast: Cast, role: str) -> None:
        call_command("invite_administrator", cast.provider.name, **KIT, role=role, stdout=(out := StringIO()))
        assert "/accounts/join/" in out.getvalue()
        assert join(Invitation.objects.get()).role == role

    def test_and_no_role_that_an_administrator_gives(self, cast: Cast) -> None:
        with pytest.raises(CommandError, match="invalid choice"):
            call_command(
                "invite_administrator", cast.provider.name, "--name=K", "--email=k@example.org", "--role=link-worker"
            )
        with pytest.raises(NotAllowed):
            actions.invite_first_administrator(cast.provider, **KIT, role=Role.TEAM_MANAGER, by=job_actor("set-up"))

    @pytest.mark.parametrize("role", list(Role))
    def test_every_role_can_be_given_by_somebody(self, role: Role) -> None:
        assert role in queries.grantable_roles() or role in actions.GIVEN_BY_THE_INSTALLATION


def test_a_commissioner_reads_what_they_have_now(cast: Cast) -> None:
    page = cast.client(cast.commissioner).get(reverse("home")).content.decode()
    assert "reports for your area come in a later version" in page
    assert reverse("organisations:boroughs") in page
    assert reverse("directory:find") in page


def test_an_invitation_that_ended_says_so_and_can_be_sent_again(cast: Cast, by: Actor, browser: Client) -> None:
    actions.invite(cast.host.id, **KIT, role=Role.REFERRER, scheme_id=None, by=by)
    invited = f"{reverse('accounts:members')}?view=invitations"
    assert "Works until" in browser.get(invited).content.decode()
    Invitation.objects.update(expires_at=clock.now() - timedelta(minutes=1))
    ended = browser.get(invited).content.decode()
    assert "Works until" not in ended
    assert "Ended" in ended
    browser.post(reverse("accounts:resend", args=[Invitation.objects.get().id]))
    assert "Works until" in browser.get(invited).content.decode()
    with time_machine.travel(clock.now() + timedelta(days=8)):
        assert Invitation.objects.get().expires_at < clock.now()
