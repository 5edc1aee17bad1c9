"""The life of an invitation."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from procrastinate.contrib.django.models import ProcrastinateJob

from linkworks.accounts import actions
from linkworks.accounts.models import Invitation, InvitationMove, Membership, User
from linkworks.accounts.queries import actor_for, invitation_behind, invitation_mail, schemes_to_give
from linkworks.accounts.queries.mail import INVITATION, token_for
from linkworks.accounts.roles import Role
from linkworks.core import clock
from linkworks.core.actor import PUBLIC, Actor, job_actor
from linkworks.core.errors import Conflict, Invalid, NotAllowed
from linkworks.organisations.models import Organisation
from tests.cast import Cast
from tests.factories.accounts import make_membership, make_user
from tests.factories.organisations import make_scheme

pytestmark = pytest.mark.django_db

GOOD = "marmalade canal bicycle"


@pytest.fixture
def by(cast: Cast) -> Actor:
    return actor_for(cast.administrator)


def invite(by: Actor, **changes: Any) -> Invitation:
    facts = {"name": "Kit Moss", "email": "Kit.Moss@Example.org", "role": Role.REFERRER, "scheme_id": None, **changes}
    return actions.invite(facts.pop("organisation_id", by.organisation_id), **facts, by=by)


def jobs(name: str) -> list[list[str]]:
    return [each.args["ids"] for each in ProcrastinateJob.objects.filter(task_name=name).order_by("id")]


def test_an_invitation_is_kept_and_its_letter_queued(by: Actor) -> None:
    made = invite(by)

    assert (made.state, made.email, made.invited_by_id) == ("sent", "kit.moss@example.org", by.user_id)
    assert made.expires_at - clock.now() > timedelta(days=6, hours=23)
    assert jobs("messaging.send_invitation") == [[str(made.id)]]
    assert [(each.move, each.after, each.made_by) for each in made.moves.all()] == [("send", "sent", by.id)]


def test_somebody_may_be_invited_to_each_scheme_of_a_host(cast: Cast) -> None:
    by = cast.actor(cast.administrator)
    second = make_scheme("Second scheme", host=Organisation.objects.get(pk=by.organisation_id))
    schemes = list(schemes_to_give(by.organisation_id))  # type: ignore[arg-type]
    assert second in schemes and len(schemes) > 1

    for scheme in schemes:
        invite(by, role=Role.LINK_WORKER, scheme_id=scheme.id)

    with pytest.raises(Conflict, match="has been invited already"):
        invite(by, role=Role.LINK_WORKER, scheme_id=second.id)


def test_without_a_scheme_it_is_still_one_open_invitation(by: Actor) -> None:
    invite(by)
    with pytest.raises(Conflict, match="has been invited already"):
        invite(by)


def test_the_letter_names_the_organisation_and_the_role_and_works(by: Actor) -> None:
    made = invite(by)

    letter = invitation_mail(str(made.id))

    assert letter.to == "kit.moss@example.org"
    assert by.organisation_name in letter.subject
    assert f"{by.name} has invited you to join {by.organisation_name} on Linkworks as a referrer." in letter.body
    token = letter.body.split("/accounts/join/")[1].split()[0]
    facts = invitation_behind(token)
    assert facts is not None
    assert (facts.id, facts.is_open, facts.has_account) == (made.id, True, False)
    assert invitation_mail(made.id) == letter


def test_a_link_that_was_tampered_with_leads_nowhere(by: Actor) -> None:
    token = token_for(INVITATION, invite(by).id)

    for wrong in (
        "",
        "x",
        token[:-1],
        token.replace(token[0], "0" if token[0] != "0" else "1", 1),
        token_for("other", invite(by, email="b@example.org").id),
    ):
        assert invitation_behind(wrong) is None


def test_somebody_new_joins_with_a_name_and_a_password(by: Actor) -> None:
    made = invite(by)

    user = actions.accept_as_new(made.id, name=" Kit Moss ", password=GOOD, by=PUBLIC)

    assert (user.name, user.email) == ("Kit Moss", "kit.moss@example.org")
    assert user.check_password(GOOD)
    member = Membership.objects.get(user=user)
    assert (member.organisation_id, member.role, member.starts_on, member.ends_on) == (
        by.organisation_id,
        "referrer",
        clock.today(),
        None,
    )
    assert list(made.moves.order_by("created_at").values_list("move", flat=True)) == ["send", "accept"]


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short", "12 characters or more"),
        ("password1234", "too easy to guess"),
        ("kit.moss@example", "not be like your name"),
    ],
)
def test_a_weak_password_is_refused_and_nothing_is_made(by: Actor, password: str, said: str) -> None:
    made = invite(by)

    with pytest.raises(Invalid, match=said) as raised:
        actions.accept_as_new(made.id, name="Kit Moss", password=password, by=PUBLIC)

    assert raised.value.field == "password"
    assert not User.objects.filter(email="kit.moss@example.org").exists()


def test_an_invitation_works_once(by: Actor) -> None:
    made = invite(by)
    actions.accept_as_new(made.id, name="Kit Moss", password=GOOD, by=PUBLIC)

    with pytest.raises(Conflict, match="has ended"):
        actions.accept_as_new(made.id, name="Kit Moss", password=GOOD, by=PUBLIC)


def test_an_invitation_works_for_seven_days_and_again_when_resent(by: Actor) -> None:
    made = invite(by)
    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1), tick=False):
        with pytest.raises(Conflict, match="has ended"):
            actions.accept_as_new(made.id, name="Kit Moss", password=GOOD, by=PUBLIC)

        actions.resend(made.id, by=by)

        assert actions.accept_as_new(made.id, name="Kit Moss", password=GOOD, by=PUBLIC)
    assert len(jobs("messaging.send_invitation")) == 2


def test_taking_it_back_ends_it(by: Actor) -> None:
    made = invite(by)

    actions.revoke(made.id, by=by)

    with pytest.raises(Conflict, match="has ended"):
        actions.accept_as_new(made.id, name="Kit Moss", password=GOOD, by=PUBLIC)
    for again in (actions.revoke, actions.resend):
        with pytest.raises(NotAllowed):
            again(made.id, by=by)
    facts = invitation_behind(token_for(INVITATION, made.id))
    assert facts is not None
    assert not facts.is_open


def test_somebody_with_an_account_joins_as_themselves(by: Actor, cast: Cast) -> None:
    user = make_user("Kit Moss")
    make_membership(user, cast.practice, Role.REFERRER)
    made = invite(by)
    with pytest.raises(Conflict, match="already have an account"):
        actions.accept_as_new(made.id, name="Kit Moss", password=GOOD, by=PUBLIC)

    actions.accept_as_user(made.id, by=actor_for(user))

    assert Membership.objects.filter(user=user).count() == 2
    assert Invitation.objects.get(pk=made.pk).state == "accepted"


def test_nobody_accepts_for_somebody_else(by: Actor, cast: Cast) -> None:
    made = invite(by)

    with pytest.raises(NotAllowed, match="somebody else"):
        actions.accept_as_user(made.id, by=actor_for(cast.referrer))


def test_one_open_invitation_of_a_kind(by: Actor) -> None:
    invite(by)

    with pytest.raises(Conflict, match="invited already"):
        invite(by, email="KIT.MOSS@example.org")
    assert invite(by, role=Role.VOLUNTEER)
    assert Invitation.objects.count() == 2


def test_a_colleague_who_has_the_role_is_not_invited(by: Actor, cast: Cast) -> None:
    user = make_user("Kit Moss")
    make_membership(user, Membership.objects.get(pk=str(by.membership_id)).organisation, Role.REFERRER)

    with pytest.raises(Conflict, match="already has this role"):
        invite(by)


def test_a_role_in_a_scheme_needs_a_scheme_of_the_organisation(by: Actor, cast: Cast) -> None:
    hosted = list(schemes_to_give(by.organisation_id))  # type: ignore[arg-type]

    for scheme_id in (None, cast.other_scheme.id):
        if scheme_id not in [each.id for each in hosted]:
            with pytest.raises(Invalid) as raised:
                invite(by, role=Role.LINK_WORKER, scheme_id=scheme_id)
            assert raised.value.field == "scheme"
    for scheme in hosted:
        assert invite(by, role=Role.LINK_WORKER, scheme_id=scheme.id).scheme_id == scheme.id


@pytest.mark.parametrize("role", [Role.SUPPORT, Role.PAN_LONDON_ANALYST])
def test_roles_of_all_london_are_not_given_by_an_organisation(by: Actor, role: Role) -> None:
    with pytest.raises(NotAllowed):
        invite(by, role=role)


def test_nobody_invites_into_another_organisation(by: Actor, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        invite(by, organisation_id=cast.other_host.id)


@pytest.mark.parametrize(
    "who", ["link_worker", "manager", "referrer", "provider_coordinator", "commissioner", "steward"]
)
def test_only_administrators_invite(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        invite(actor_for(getattr(cast, who)))


def test_the_first_administrator_is_invited_by_whoever_runs_the_installation(cast: Cast) -> None:
    made = actions.invite_first_administrator(
        cast.provider, name="Kit Moss", email="kit.moss@example.org", by=job_actor("set-up")
    )

    assert made.invited_by is None
    assert "Linkworks has invited you" in invitation_mail(made.id).body
    assert InvitationMove.objects.get(invitation=made).made_by == "job:set-up"
