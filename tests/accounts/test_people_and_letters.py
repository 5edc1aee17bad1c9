"""Invitations and letters under odd names, two at once, and as another organisation's administrator might try."""

import threading
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from linkworks.accounts import actions, presenters
from linkworks.accounts.actions.passwords import refuse_weak
from linkworks.accounts.models import Invitation, Membership, PasswordReset, User
from linkworks.accounts.queries import SecondFactors, actor_for, invitation_mail, members, password_reset_mail
from linkworks.accounts.queries.mail import INVITATION, RESET, id_from, token_for
from linkworks.accounts.queries.own import Passkey
from linkworks.accounts.roles import ROLES, Role, in_a_sentence, title_of
from linkworks.core import clock
from linkworks.core.actor import PUBLIC, Actor
from linkworks.core.errors import Invalid
from tests.cast import Cast
from tests.factories.accounts import just_confirmed, make_membership, make_user

GOOD = "marmalade canal bicycle"
WORDS = ["lantern", "orchard", "umbrella", "marmalade", "canal", "bicycle", "teapot"]
ODD = ["O'Brien-Szczęśliwy", "名前 太郎", "<b>Bold</b>", "a" * 200, "Zoë {{ 7*7 }}", "Robert'); DROP TABLE", "😀 Smile"]


def invite(by: Actor, **changes: Any) -> Invitation:
    facts = {"name": "Kit Moss", "email": "kit@example.org", "role": Role.REFERRER, "scheme_id": None, **changes}
    return actions.invite(by.organisation_id, **facts, by=by)  # type: ignore[arg-type]


# Links


@given(st.uuids(), st.sampled_from([INVITATION, RESET]))
def test_a_links_token_leads_back_to_what_it_was_made_for_and_nothing_else(thing: Any, kind: str) -> None:
    token = token_for(kind, thing)
    other = RESET if kind == INVITATION else INVITATION

    assert id_from(kind, token) == thing
    assert id_from(other, token) is None
    assert "/" not in token and ":" not in token and "?" not in token


@given(st.uuids(), st.data())
def test_a_token_changed_anywhere_leads_nowhere(thing: Any, data: st.DataObject) -> None:
    token = token_for(INVITATION, thing)
    at = data.draw(st.integers(0, len(token) - 1))
    changed = data.draw(st.sampled_from("abcdefABC0123456789-_.").filter(lambda each: each != token[at]))

    assert id_from(INVITATION, token[:at] + changed + token[at + 1 :]) is None


@given(st.text(max_size=80))
def test_any_text_as_a_token_leads_nowhere(text: str) -> None:
    assert id_from(INVITATION, text) is None


@pytest.mark.parametrize("role", list(Role))
def test_a_letter_says_a_or_an_as_one_would(role: Role) -> None:
    said = in_a_sentence(role)

    assert said.startswith("an " if title_of(role)[0].lower() in "aeio" else "a ")
    assert said.split(" ", 1)[1][0].islower()


# Passwords


@pytest.mark.parametrize(
    "weak",
    [
        "short",
        "12345678901",
        "password1234",
        "qwertyuiopas",
        "asha.bell@exa",
        "Asha Bell 1234"[:12],
        "aaaaaaaaaaaa",
        "letmeinletmein",
    ],
)
def test_weak_passwords_are_refused_in_a_sentence_or_long_enough_to_stand(weak: str) -> None:
    user = User(email="asha.bell@example.org", name="Asha Bell")
    try:
        refuse_weak(weak, user)
    except Invalid as error:
        said = error.message
    else:
        said = ""
    assert said == "" or said.startswith(("Password must", "This password is too easy"))
    assert said or len(weak) >= 12


@given(
    st.lists(
        st.sampled_from(["lantern", "orchard", "umbrella", "marmalade", "canal", "bicycle", "teapot"]),
        min_size=3,
        max_size=5,
        unique=True,
    )
)
def test_three_unusual_words_are_always_good_enough(words: list[str]) -> None:
    refuse_weak(" ".join(words), User(email="asha.bell@example.org", name="Asha Bell"))


@given(st.text(max_size=11))
def test_nothing_under_twelve_characters_is(text: str) -> None:
    with pytest.raises(Invalid):
        refuse_weak(text, User(email="asha.bell@example.org", name="Asha Bell"))


# Odd names


@pytest.mark.django_db
@pytest.mark.parametrize("name", ODD)
def test_any_name_is_invited_joins_and_is_shown_as_it_is(cast: Cast, name: str) -> None:
    by = actor_for(cast.administrator)
    made = invite(by, name=name)
    assert f"Hello {name}," in invitation_mail(made.id).body

    actions.accept_as_new(made.id, name=name, password=GOOD, by=PUBLIC)

    page = cast.client(cast.administrator).get(reverse("accounts:members")).content.decode()
    assert "<b>Bold" not in page and "49" not in page.split("<main")[1].split("Zoë")[-1][:20]
    assert list(members(by, name[:12]).values_list("user__name", flat=True)) == [name]


@pytest.mark.django_db
@pytest.mark.parametrize("search", ["%", "_", "\\", "'", '"', "kit%", "   ", "KIT", "@example", "x" * 500])
def test_any_search_finds_what_it_says_and_no_more(cast: Cast, search: str) -> None:
    make_membership(make_user("Kit Moss"), cast.host, Role.REFERRER)
    found = {each.user.name for each in members(actor_for(cast.administrator), search.strip())}
    page = cast.client(cast.administrator).get(reverse("accounts:members"), {"q": search})

    assert page.status_code == 200
    assert found <= {"Kit Moss"} or search.strip() in {"", "@example"}
    assert ("Kit Moss" in found) is (search.strip().lower() in {"", "kit", "@example"})


@pytest.mark.django_db
def test_letters_name_nobody_else(cast: Cast) -> None:
    by = actor_for(cast.administrator)
    letters = [invitation_mail(invite(by).id)]
    actions.ask_for_new_password(email=cast.referrer.email, by=PUBLIC)
    letters.append(password_reset_mail(PasswordReset.objects.get().id))

    for letter in letters:
        others = [user.name for user in User.objects.exclude(email=letter.to).exclude(pk=cast.administrator.pk)]
        assert not [name for name in others if name in letter.body + letter.subject]
        assert letter.body.count("http") == 1


# Posted from elsewhere


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["invite", "member"])
def test_another_organisations_scheme_in_the_form_is_not_taken(cast: Cast, page: str) -> None:
    browser = just_confirmed(cast.client(cast.administrator), cast.administrator)
    held = make_membership(make_user("Kit Moss"), cast.host, Role.REFERRER)
    address = reverse("accounts:invite") if page == "invite" else reverse("accounts:member", args=[held.id])
    typed = {"name": "X", "email": "x@example.org", "role": "link-worker", "scheme": str(cast.other_scheme.id)}

    browser.post(address, typed)

    assert not Invitation.objects.filter(scheme=cast.other_scheme).exists()
    assert not Membership.objects.filter(user=held.user, scheme=cast.other_scheme).exists()


@pytest.mark.django_db
def test_an_organisation_in_the_form_changes_nothing(cast: Cast) -> None:
    browser = just_confirmed(cast.client(cast.administrator), cast.administrator)
    extra = {"organisation": str(cast.other_host.id), "organisation_id": str(cast.other_host.id)}

    browser.post(reverse("accounts:invite"), {"name": "X", "email": "x@example.org", "role": "referrer", **extra})

    assert [each.organisation for each in Invitation.objects.all()] == [cast.host]


@pytest.mark.django_db
def test_a_form_from_another_site_is_refused(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.administrator, backend="allauth.account.auth_backends.AuthenticationBackend")
    just_confirmed(browser, cast.administrator)

    response = browser.post(reverse("accounts:invite"), {"name": "X", "email": "x@example.org", "role": "referrer"})

    assert response.status_code == 403
    assert not Invitation.objects.exists()


# Two at once


def together(*works: Any) -> list[str]:
    """Each in a thread and a transaction of its own; the kind of what each gave or raised."""
    ready, kinds = threading.Barrier(len(works)), []

    def run(work: Any) -> None:
        ready.wait(10)
        try:
            with transaction.atomic():
                kinds.append(type(work()).__name__)
        except Exception as error:
            kinds.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for each in threads:
        each.start()
    for each in threads:
        each.join(20)
    return sorted(kinds)


@pytest.fixture
def committed_cast(committed_db: str) -> Cast:
    from tests.context import EVERYTHING, acting

    with transaction.atomic(), acting(EVERYTHING):
        return Cast.make()


def test_an_invitation_opened_twice_at_once_makes_one_account(committed_cast: Cast) -> None:
    made = invite(actor_for(committed_cast.administrator))

    kinds = together(*[lambda: actions.accept_as_new(made.id, name="Kit", password=GOOD, by=PUBLIC)] * 2)

    assert kinds == ["Conflict", "User"]
    assert Membership.objects.filter(user__email="kit@example.org").count() == 1


def test_two_administrators_change_one_role_at_once_and_one_holds(committed_cast: Cast) -> None:
    by = actor_for(committed_cast.administrator)
    held = make_membership(make_user("Kit Moss"), committed_cast.host, Role.REFERRER)

    together(
        lambda: actions.change_role(held.id, role=Role.VOLUNTEER, scheme_id=None, by=by),
        lambda: actions.end_membership(held.id, by=by),
    )

    live = Membership.objects.filter(user=held.user, ends_on__isnull=True)
    assert live.count() <= 1
    assert Membership.objects.get(pk=held.pk).ends_on == clock.today()


def test_a_link_for_a_password_used_twice_at_once_sets_one(committed_cast: Cast) -> None:
    actions.ask_for_new_password(email=committed_cast.referrer.email, by=PUBLIC)
    reset = PasswordReset.objects.get()

    kinds = together(
        lambda: actions.set_new_password(reset.id, password=GOOD, by=PUBLIC),
        lambda: actions.set_new_password(reset.id, password="teapot orchard lantern", by=PUBLIC),
    )

    assert kinds == ["Conflict", "User"]


# How it reads


@pytest.mark.parametrize("app", [True, False])
@pytest.mark.parametrize("count", [0, 1, 2])
def test_only_the_last_second_step_cannot_be_removed(app: bool, count: int) -> None:
    keys = tuple(Passkey(number, f"Key {number}", None) for number in range(count))
    factors = SecondFactors(clock.now() if app else None, keys, has_recovery_codes=False)

    page = presenters.account_page(Actor(id="staff:1", name="A", role="referrer"), "a@example.org", factors)

    assert page["only_one"] is (app + count == 1)
    assert len(page["passkeys"]) == count
    assert bool(page["app_since"]) is app


@pytest.mark.parametrize("role", list(Role))
def test_no_role_is_shown_by_its_id(role: Role) -> None:
    assert "-" not in title_of(role).replace("co-ordinator", "").replace("Pan-London", "")
    assert ROLES[role].title == title_of(role.value)
