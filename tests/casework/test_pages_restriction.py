"""Who may see a record: the pages of the lead, the manager, and of a worker in an emergency. Absence looks like absence."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.audit.models import RecordView
from linkworks.casework import access, actions
from linkworks.casework.models import Case
from linkworks.core import clock
from linkworks.core.actor import Actor, job_actor
from linkworks.core.errors import NotAllowed
from linkworks.messaging.models import Message
from linkworks.people.actions import restrict
from linkworks.people.models import EmergencyOpening, Person, RestrictionChange
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do
from tests.factories.people import name, opened

WHY = "Her brother works here"
IN_EMERGENCY = reverse("casework:emergency")
JEAN = {"given_name": "Jean", "family_name": "Marlow", "born_on_day": "3", "born_on_month": "6", "born_on_year": "1951"}


@pytest.fixture
def case(cast: Cast) -> Case:
    return make.active(cast)


def same_words(one: Any, other: Any) -> bool:
    """Two pages that differ in nothing but the tokens every page has of its own."""
    first, second = (re.sub(r"[A-Za-z0-9_-]{30,}", "", each.content.decode()) for each in (one, other))
    return one.status_code == other.status_code and first == second


def page_of(case: Case) -> str:
    return reverse("casework:restriction", args=[case.person_id])


def protect(lead: Actor, case: Case) -> None:
    do(lead, restrict, case.person, level="protected", reason=WHY)


def seal(lead: Actor, case: Case, *users: Any) -> None:
    do(lead, restrict, case.person, level="sealed", reason=WHY, named=[each.id for each in users])


class TestDeciding:
    def test_the_manager_protects_and_no_longer_sees(self, cast: Cast, case: Case) -> None:
        client = cast.client(cast.manager)
        case_page = reverse("casework:case", args=[case.pk])
        assert page_of(case) in client.get(case_page).content.decode()
        asked = client.get(page_of(case)).content.decode()
        assert "safeguarding lead only" in asked
        assert "Only the people I name" not in asked
        done = client.post(page_of(case), {"level": "protected", "reason": WHY}, follow=True)
        assert "Only their worker and the safeguarding lead can see this record now" in done.content.decode()
        assert client.get(case_page).status_code == client.get(page_of(case)).status_code == 404
        assert RecordView.objects.filter(page="Who may see it", person_id=case.person_id).count() == 1

    def test_the_lead_seals_it_for_names(self, cast: Cast, case: Case) -> None:
        client = cast.client(cast.safeguarding_lead)
        asked = client.get(page_of(case)).content.decode()
        assert f'value="{cast.link_worker.id}" checked' in asked, "its worker is suggested"
        said = {"level": "sealed", "named": [str(cast.colleague.id)], "reason": WHY}
        done = client.post(page_of(case), said, follow=True).content.decode()
        assert "Only Tomasz Zielinski can see this record now" in done
        for who, status in (("colleague", 200), ("link_worker", 404), ("manager", 404), ("safeguarding_lead", 404)):
            assert (
                cast.client(getattr(cast, who)).get(reverse("casework:case", args=[case.pk])).status_code == status
            ), who
        again = client.get(page_of(case)).content.decode()
        assert WHY in again
        assert "Named: Tomasz Zielinski" in again

    def test_the_worker_who_is_not_named_hears_that_the_case_went_and_to_nobody_in_particular(
        self, cast: Cast, case: Case
    ) -> None:
        task = do(cast.actor(cast.link_worker), actions.add_task, case, title="Ring Jean", due_on=clock.today())
        said = {"level": "sealed", "named": [str(cast.colleague.id)], "reason": WHY}
        cast.client(cast.safeguarding_lead).post(page_of(case), said)
        assert make.fresh(case).worker == cast.colleague
        task.refresh_from_db()
        assert task.worker_id == cast.colleague.id
        told = Message.objects.get(template="case-taken-over", way="account")
        assert told.user_id == cast.link_worker.id
        assert case.reference in told.subject
        assert not {"Jean", "Marlow", "Tomasz", "sealed"} & set(re.findall(r"\w+", told.subject + told.body))

    @pytest.mark.parametrize("named", [["safeguarding_lead"], ["colleague", "manager"]])
    def test_nobody_is_sealed_away_from_their_worker_without_somebody_to_take_over(
        self, cast: Cast, case: Case, named: list[str]
    ) -> None:
        said = {"level": "sealed", "named": [str(getattr(cast, each).id) for each in named], "reason": WHY}
        shown = cast.client(cast.safeguarding_lead).post(page_of(case), said)
        assert shown.status_code == 400
        assert "Amara Boateng works with Jean. Name them too" in shown.content.decode()
        assert not RestrictionChange.objects.exists()

    def test_a_worker_left_out_of_a_seal_that_stands_is_not_forgotten_either(self, cast: Cast, case: Case) -> None:
        client = cast.client(cast.safeguarding_lead)
        both = [str(cast.link_worker.id), str(cast.safeguarding_lead.id)]
        assert client.post(page_of(case), {"level": "sealed", "named": both, "reason": WHY}).status_code == 302
        assert make.fresh(case).worker == cast.link_worker
        assert client.post(page_of(case), {"level": "sealed", "named": both[1:], "reason": WHY}).status_code == 400

    def test_a_sealed_case_is_handed_over_to_somebody_named_only(self, cast: Cast, lead: Actor, case: Case) -> None:
        seal(lead, case, cast.link_worker, cast.manager)
        client, page = cast.client(cast.link_worker), reverse("casework:hand-over", args=[case.pk])
        assert "record is sealed" in client.post(page, {"worker": cast.colleague.id, "note": "Hers"}).content.decode()
        assert make.fresh(case).worker == cast.link_worker
        assert client.post(page, {"worker": cast.manager.id, "note": "Yours"}).status_code == 302

    @pytest.mark.parametrize(
        ("said", "error"),
        [
            ({"level": "", "reason": "Because"}, "Choose who may see this record"),
            ({"level": "protected", "reason": ""}, "Say why, in a few words"),
            ({"level": "sealed", "reason": "Because"}, "Choose at least one person"),
            ({"level": "secret", "reason": "Because"}, "Because"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_changes(
        self, cast: Cast, case: Case, said: dict[str, str], error: str
    ) -> None:
        shown = cast.client(cast.safeguarding_lead).post(page_of(case), said)
        assert shown.status_code == 400
        assert error in shown.content.decode()
        assert said["reason"] in shown.content.decode()
        assert not RestrictionChange.objects.exists()

    @pytest.mark.parametrize("who", ["outsider", "referrer", "steward"])
    def test_a_name_from_elsewhere_in_the_form_is_refused(self, cast: Cast, case: Case, who: str) -> None:
        said = {"level": "sealed", "named": [str(getattr(cast, who).id)], "reason": WHY}
        assert cast.client(cast.safeguarding_lead).post(page_of(case), said).status_code == 400
        assert Person.objects.get(pk=case.person_id).restriction == "normal"

    def test_a_manager_cannot_post_what_the_page_does_not_offer(self, cast: Cast, lead: Actor, case: Case) -> None:
        client = cast.client(cast.manager)
        said = {"level": "sealed", "named": [str(cast.manager.id)], "reason": WHY}
        assert client.post(page_of(case), said).status_code == 400
        protect(lead, case)
        opened(case.person, cast.manager)
        assert "Only the safeguarding lead can open" in client.get(page_of(case)).content.decode()
        assert client.post(page_of(case), {"level": "normal", "reason": WHY}).status_code == 400
        assert Person.objects.get(pk=case.person_id).restriction == "protected"

    @pytest.mark.parametrize("who", ["link_worker", "signposter", "referrer", "steward", "commissioner"])
    def test_other_roles_are_refused(self, cast: Cast, case: Case, who: str) -> None:
        client = cast.client(getattr(cast, who))
        assert client.get(page_of(case)).status_code == 403
        assert client.post(page_of(case), {"level": "protected", "reason": WHY}).status_code == 403

    def test_strangers_and_the_signed_out(self, cast: Cast, case: Case) -> None:
        assert cast.client(cast.outside_manager).get(page_of(case)).status_code == 404
        assert cast.client().get(page_of(case)).status_code == 302
        assert (
            cast.client(cast.safeguarding_lead).get(reverse("casework:restriction", args=[uuid4()])).status_code == 404
        )
        assert cast.client(cast.safeguarding_lead).put(page_of(case)).status_code == 405


class TestTheLeadsList:
    def test_who_is_kept_close_for_whom_and_what_was_opened(self, cast: Cast, lead: Actor, case: Case) -> None:
        client, address = cast.client(cast.safeguarding_lead), reverse("casework:kept-close")
        assert "No record is protected or sealed" in client.get(address).content.decode()
        seal(lead, case, cast.colleague)
        opened(case.person, cast.colleague)
        opened(None, cast.manager, scheme_id=cast.scheme.id)
        shown = client.get(address).content.decode()
        for words in ("Jean Marlow", "Sealed", "Tomasz Zielinski", "Tried: nobody was found", "Ruth Adeyemi"):
            assert words in shown
        assert page_of(case) in shown

    def test_queries_do_not_grow(self, cast: Cast, lead: Actor, django_assert_max_num_queries: Any) -> None:
        for given in ("Ada", "Bea", "Cyd", "Dot"):
            each = make.waiting(cast, given_name=given)
            seal(lead, each, cast.colleague, cast.manager)
            opened(each.person, cast.colleague)
        client, address = cast.client(cast.safeguarding_lead), reverse("casework:kept-close")
        client.get(address)
        with django_assert_max_num_queries(22):
            client.get(address)

    @pytest.mark.parametrize("who", ["manager", "link_worker", "referrer"])
    def test_for_nobody_else(self, cast: Cast, who: str) -> None:
        assert cast.client(getattr(cast, who)).get(reverse("casework:kept-close")).status_code == 403


class TestAbsence:
    """To somebody who may not see them, a person kept close and a person who was never there give the same pages."""

    PAGES = ("casework:today", "casework:caseload", "casework:inbox", "casework:concerns", "casework:allocation")

    def shown(self, client: Client, extra: str = "") -> list[str]:
        return [client.get(reverse(each) + extra).content.decode() for each in self.PAGES]

    @pytest.mark.parametrize("level", ["protected", "sealed"])
    @pytest.mark.parametrize("extra", ["", "?q=Jean", "?state=accepted", "?format=csv", "?worker=me"])
    def test_no_list_names_or_counts_them(self, cast: Cast, lead: Actor, case: Case, level: str, extra: str) -> None:
        make.waiting(cast, given_name="Ada", family_name="Other")
        do(lead, restrict, case.person, level=level, reason=WHY, named=[cast.safeguarding_lead.id])
        for who in ("manager", "colleague"):
            for page in self.shown(cast.client(getattr(cast, who)), extra):
                assert "Marlow" not in page
                assert case.reference not in page
        listed = cast.client(cast.manager).get(reverse("casework:caseload")).content.decode()
        assert "Ada Other" in listed

    @pytest.mark.parametrize("level", ["protected", "sealed"])
    def test_every_address_answers_as_if_it_had_never_been(
        self, cast: Cast, lead: Actor, case: Case, level: str
    ) -> None:
        referral = case.referral_id
        do(lead, restrict, case.person, level=level, reason=WHY, named=[cast.safeguarding_lead.id])
        client = cast.client(cast.manager)
        for address, ids in (
            ("casework:case", case.pk),
            ("casework:inbox-referral", referral),
            ("referrals:detail", referral),
        ):
            hidden, never = client.get(reverse(address, args=[ids])), client.get(reverse(address, args=[uuid4()]))
            assert hidden.status_code == never.status_code == 404, address
            assert same_words(hidden, never), address

    def test_a_worker_who_is_not_named_loses_sight_and_the_named_one_works(
        self, cast: Cast, lead: Actor, case: Case
    ) -> None:
        seal(lead, case, cast.colleague)
        assert "Jean" not in cast.client(cast.link_worker).get(reverse("casework:today")).content.decode()
        seen = cast.client(cast.colleague).get(reverse("casework:case", args=[case.pk])).content.decode()
        assert "Sealed record" in seen
        do(cast.actor(cast.colleague), actions.record_contact, case, facts=make.spoke())


class TestEmergency:
    def post(self, cast: Cast, who: str = "colleague", **said: str) -> Any:
        return cast.client(getattr(cast, who)).post(
            IN_EMERGENCY, {**JEAN, "reason": "The line went dead", **said}, follow=True
        )

    def test_the_record_opens_and_says_until_when(self, cast: Cast, lead: Actor, case: Case) -> None:
        protect(lead, case)
        assert IN_EMERGENCY in cast.client(cast.colleague).get(reverse("casework:caseload")).content.decode()
        shown = self.post(cast)
        assert shown.redirect_chain[-1][0] == reverse("casework:case", args=[case.pk])
        assert "Open to you in an emergency until" in shown.content.decode()
        assert cast.client(cast.manager).get(reverse("casework:case", args=[case.pk])).status_code == 404

    def test_the_lead_is_told_with_the_reason_and_the_nudge_says_nothing(
        self, cast: Cast, lead: Actor, case: Case
    ) -> None:
        protect(lead, case)
        self.post(cast)
        job = job_actor("casework.tell_opened", cast.scheme.id)
        for _ in range(2):
            do(job, actions.tell_opened, EmergencyOpening.objects.get().pk)
        told = Message.objects.get(template="record-opened", way="account")
        assert told.user_id == cast.safeguarding_lead.id
        assert "Tomasz Zielinski" in told.body
        assert "The line went dead" in told.body
        for nudge in Message.objects.filter(way="email"):
            assert "Jean" not in nudge.subject + nudge.body
            assert "The line went dead" not in nudge.subject + nudge.body

    def test_an_hour_is_for_reading_and_for_writing_down_a_contact(self, cast: Cast, lead: Actor, case: Case) -> None:
        task = do(cast.actor(cast.link_worker), actions.add_task, case, title="Ring Jean", due_on=clock.today())
        protect(lead, case)
        page = self.post(cast).content.decode()
        assert "You can read it, write down a contact and raise a concern; nothing else" in page
        for offered, there in (("contact", True), ("concern", True), ("channels", False), ("details", False)):
            assert (f'href="{reverse(f"casework:{offered}", args=[case.pk])}"' in page) is there, offered
        visitor = cast.actor(cast.colleague)
        for act, facts in (
            (actions.pause, {"until": clock.today() + clock.DAY, "reason": "Away"}),
            (actions.add_task, {"title": "Mine", "due_on": clock.today()}),
            (actions.hand_over, {"worker_id": cast.colleague.id, "note": "I take her"}),
            (actions.hold_conversation, {"facts": make.talk()}),
            (actions.set_goal, {"facts": make.WISH}),
        ):
            with pytest.raises(NotAllowed, match="to read"):
                do(visitor, act, case, **facts)
        with pytest.raises(NotAllowed, match="to read"):
            do(visitor, actions.finish_task, task)
        do(visitor, actions.record_contact, case, facts=make.spoke())
        do(visitor, actions.raise_concern, case, facts=make.WORRY)

    def test_a_manager_let_in_for_an_hour_gives_the_case_to_nobody(self, cast: Cast, lead: Actor, case: Case) -> None:
        protect(lead, case)
        opened(case.person, cast.manager)
        with pytest.raises(NotAllowed, match="to read"):
            do(cast.actor(cast.manager), actions.allocate, case, worker_id=cast.colleague.id)

    def test_five_tries_for_nothing_are_told_to_the_lead_without_what_was_typed(self, cast: Cast) -> None:
        for number in range(5):
            self.post(cast, given_name=f"Guess {number}")
        job = job_actor("casework.tell_opened", cast.scheme.id)
        do(job, actions.tell_opened, EmergencyOpening.objects.first().pk)
        told = Message.objects.get(template="record-tried", way="account")
        assert told.user_id == cast.safeguarding_lead.id
        assert "Tomasz Zielinski" in told.body
        assert "tried 5 times in an hour" in told.body
        assert "Guess" not in told.body

    def test_without_a_lead_the_manager_is_told_without_the_reason(self, cast: Cast, lead: Actor, case: Case) -> None:
        protect(lead, case)
        cast.safeguarding_lead.__class__.objects.filter(pk=cast.safeguarding_lead.pk).update(is_active=False)
        self.post(cast)
        do(job_actor("x", cast.scheme.id), actions.tell_opened, EmergencyOpening.objects.get().pk)
        told = Message.objects.get(template="record-opened", way="account")
        assert told.user_id == cast.manager.id
        assert "The line went dead" not in told.body

    def test_sealed_usual_and_nobody_get_the_same_words(self, cast: Cast, lead: Actor, case: Case) -> None:
        usual = self.post(cast)
        seal(lead, case, cast.manager)
        sealed = self.post(cast)
        case.person.__class__.objects.filter(pk=case.person_id).update(given_name="Somebody else")
        assert same_words(usual, sealed)
        assert same_words(usual, self.post(cast))
        assert "No protected record fits exactly" in usual.content.decode()
        assert EmergencyOpening.objects.filter(person__isnull=True).count() == 3

    @pytest.mark.parametrize(
        ("said", "error"),
        [
            ({"reason": ""}, "Say why you must open this record now"),
            ({"born_on_year": ""}, "Date of birth"),
            ({"given_name": "", "family_name": ""}, "Enter their first name, last name and date of birth"),
            ({"nhs_number": "123"}, "Enter a real NHS number"),
        ],
    )
    def test_what_is_missing_is_said_and_what_was_typed_stays(
        self, cast: Cast, lead: Actor, case: Case, said: dict[str, str], error: str
    ) -> None:
        protect(lead, case)
        shown = self.post(cast, **said)
        assert shown.status_code == 400
        assert error in shown.content.decode()
        assert (said.get("reason", "The line went dead")) in shown.content.decode()
        assert not EmergencyOpening.objects.exists()

    def test_the_number_alone_will_do(self, cast: Cast, lead: Actor) -> None:
        case = make.active(cast, nhs_number="9434765919")
        protect(lead, case)
        said = dict.fromkeys(JEAN, "") | {"nhs_number": "943 476 5919"}
        assert self.post(cast, **said).redirect_chain[-1][0] == reverse("casework:case", args=[case.pk])

    def test_too_many_guesses_stop(self, cast: Cast, lead: Actor, case: Case) -> None:
        protect(lead, case)
        for number in range(5):
            self.post(cast, given_name=f"Guess {number}")
        shown = self.post(cast)
        assert shown.status_code == 400
        assert "Ring your safeguarding lead" in shown.content.decode()

    @pytest.mark.parametrize("who", ["safeguarding_lead", "signposter", "referrer", "steward", "commissioner"])
    def test_other_roles_are_refused(self, cast: Cast, who: str) -> None:
        assert cast.client(getattr(cast, who)).get(IN_EMERGENCY).status_code == 403

    def test_elsewhere_and_signed_out(self, cast: Cast, lead: Actor, case: Case) -> None:
        protect(lead, case)
        assert "No protected record fits" in self.post(cast, "outsider").content.decode()
        assert cast.client().get(IN_EMERGENCY).status_code == 302
        assert cast.client(cast.colleague).put(IN_EMERGENCY).status_code == 405


class TestConcerns:
    @pytest.mark.parametrize(
        ("level", "who", "sees"),
        [
            ("protected", "safeguarding_lead", True), ("protected", "manager", False),
            ("sealed", "safeguarding_lead", True), ("sealed", "manager", False), ("sealed", "link_worker", True),
        ],
    )  # fmt: skip
    def test_the_owner_and_whoever_raised_it_keep_it(
        self, cast: Cast, lead: Actor, level: str, who: str, sees: bool
    ) -> None:
        concern = make.concern(cast)
        do(lead, restrict, concern.person, level=level, reason=WHY, named=[cast.colleague.id])
        actor = cast.actor(getattr(cast, who))
        assert do(actor, lambda *, by: access.visible_concerns(by).filter(pk=concern.pk).exists()) is sees

    def test_somebody_named_sees_a_closed_case_too(self, cast: Cast, case: Case, lead: Actor) -> None:
        seal(lead, case, cast.manager)
        name(case.person, cast.colleague)
        assert cast.client(cast.colleague).get(reverse("casework:case", args=[case.pk])).status_code == 200
