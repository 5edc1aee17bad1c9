"""The promise counts from the day of sending; that a concern is open is known; and each look at a record is written down."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from linkworks.audit.models import RecordView
from linkworks.casework import actions, queries
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.messaging.models import Message
from linkworks.people.models import Channel
from linkworks.referrals.models import Referral
from linkworks.referrals.queries import late_days, undecided_late
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories import people, referrals
from tests.factories.casework import do


def sent_before(cast: Cast, days: int) -> Referral:
    sender = cast.actor(cast.referrer)
    with clock.at(clock.now() - timedelta(days=days)):
        return do(sender, lambda *, by: referrals.sent(by, cast.scheme.id))


def page(cast: Cast, who: Any, name: str, *ids: Any, **asked: str) -> str:
    return cast.client(who).get(reverse(f"casework:{name}", args=ids), asked).content.decode()


class TestPromise:
    def test_it_counts_from_the_day_of_sending(self, cast: Cast, manager: Actor) -> None:
        referral = sent_before(cast, 21)
        case = do(manager, actions.open_from_referral, referral)
        assert case.first_contact_by < clock.today()
        assert do(manager, lambda *, by: queries.team_of(by)).promises_missed == 1

    def test_what_nobody_decided_in_time_is_late(self, cast: Cast, manager: Actor) -> None:
        fresh = sent_before(cast, 0)
        assert "Not decided in time" not in page(cast, cast.link_worker, "inbox")
        assert "Not decided in time" not in page(cast, cast.link_worker, "inbox-referral", fresh.pk)
        late = sent_before(cast, 21)
        assert page(cast, cast.link_worker, "inbox").count("Not decided in time") == 1
        assert "Not decided in time" in page(cast, cast.link_worker, "inbox-referral", late.pk)
        assert do(manager, lambda *, by: queries.team_of(by)).undecided_late == 1
        assert "Not decided in time" in page(cast, cast.manager, "today")

    @pytest.mark.parametrize("days", range(4, 12))
    def test_late_begins_the_day_after_the_promise(self, cast: Cast, manager: Actor, days: int) -> None:
        referral = sent_before(cast, days)
        promised = clock.add_working_days(referral.sent_at.astimezone(clock.LONDON).date(), 5)
        is_late = do(manager, lambda *, by: undecided_late(by).exists())
        assert is_late == (promised < clock.today())
        assert set(late_days(manager)) == {cast.scheme.id}


def test_whoever_may_open_the_case_knows_that_somebody_is_worried(cast: Cast, manager: Actor) -> None:
    case = make.active(cast)
    facts = make.WORRY
    concern = do(manager, actions.raise_concern, case, facts=facts)
    shown = page(cast, cast.link_worker, "case", case.pk)
    assert "Safeguarding concern open" in shown
    assert facts.what_happened not in shown
    lead = cast.actor(cast.safeguarding_lead)
    do(lead, actions.acknowledge_concern, concern)
    do(lead, actions.close_concern, concern, what_was_done="Talked with her niece")
    assert "Safeguarding concern open" not in page(cast, cast.link_worker, "case", case.pk)


def test_what_the_team_should_know_is_on_the_case(cast: Cast) -> None:
    case = make.allocated(cast, anything_to_know="Two dogs; ring the bell twice")
    shown = page(cast, cast.link_worker, "case", case.pk)
    assert "ring the bell twice" in shown
    assert reverse("casework:inbox-referral", args=[case.referral_id]) in shown


class TestLooks:
    def seen(self, person_id: Any, name: str) -> int:
        return RecordView.objects.filter(person_id=person_id, page__startswith=name).count()

    def test_a_referral_of_somebody_we_know(self, cast: Cast) -> None:
        case = make.allocated(cast)
        page(cast, cast.colleague, "inbox-referral", case.referral_id)
        view = RecordView.objects.get(person_id=case.person_id, page="Referral")
        assert (view.actor_name, view.scheme_id) == (cast.colleague.name, cast.scheme.id)

    def test_somebody_we_may_know(self, cast: Cast) -> None:
        known, referral = people.person(cast.scheme.id), sent_before(cast, 0)
        for name in ("inbox-referral", "accept"):
            page(cast, cast.link_worker, name, referral.pk)
        assert self.seen(known.pk, "Possible match") == 2

    def test_a_caseload_taken_away(self, cast: Cast) -> None:
        mine = make.active(cast)
        other = make.active(cast, cast.colleague, given_name="Ann", family_name="Other", born_on=None)
        page(cast, cast.link_worker, "caseload", format="csv")
        assert RecordView.objects.get(person_id=mine.person_id, page="Caseload as a file, 1 in all")
        assert not self.seen(other.person_id, "Caseload")

    def test_a_letter(self, cast: Cast, worker: Actor) -> None:
        case = make.contacting(cast, tries=5)
        people.channel(case.person, kind="letter", value="4 Elm Road")
        do(worker, actions.close_could_not_contact, case)
        letter = Message.objects.get(way="letter")
        cast.client(cast.link_worker).get(reverse("messaging:letter", args=[letter.pk]))
        assert self.seen(case.person_id, "Letter") == 1
        assert Channel.objects.get(kind="letter").person_id == case.person_id
