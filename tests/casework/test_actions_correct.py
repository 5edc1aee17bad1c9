"""A contact is put right: who may, what is kept, and what follows for the tries."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from linkworks.audit.queries import changes_of
from linkworks.casework import actions
from linkworks.casework.models import Case, Contact, ContactCorrection
from linkworks.casework.queries import tries_of
from linkworks.casework.rules.facts import CorrectionFacts
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import Conflict, Invalid, NotAllowed
from linkworks.people.actions import restrict
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do

WHY = "I wrote the wrong day of the week."


def written(cast: Cast, case: Case | None = None, **facts: Any) -> Contact:
    return do(
        cast.actor(cast.link_worker), actions.record_contact, case or make.active(cast), facts=make.spoke(**facts)
    )


def right(contact: Contact, **changes: Any) -> CorrectionFacts:
    """The contact as it stands, with these changes."""
    kept = {"how": contact.how, "result": contact.result, "note": contact.note, "minutes": contact.minutes}
    day = contact.happened_at.astimezone(clock.LONDON).date()
    return CorrectionFacts(**{**kept, "happened_on": day, "why": WHY, **changes})


class TestCorrecting:
    def test_the_words_change_and_what_they_were_is_kept(self, cast: Cast, worker: Actor) -> None:
        contact = written(cast)
        do(worker, actions.correct_contact, contact, facts=right(contact, note="Talked about Thursdays."))
        contact.refresh_from_db()
        kept = ContactCorrection.objects.get(contact=contact)
        assert contact.note == "Talked about Thursdays."
        assert kept.before == {"note": "Talked about Tuesdays."}
        assert (kept.reason, kept.made_by, kept.made_by_name) == (WHY, worker.id, "Amara Boateng")

    @pytest.mark.parametrize(
        ("changes", "before"),
        [
            ({"how": "visit"}, {"how": "phone"}),
            ({"minutes": 40}, {"minutes": 25}),
            ({"minutes": None}, {"minutes": 25}),
            ({"result": "not-a-good-time", "note": ""}, {"result": "spoke", "note": "Talked about Tuesdays."}),
        ],
    )
    def test_only_what_changed_is_kept(
        self, cast: Cast, worker: Actor, changes: dict[str, Any], before: dict[str, Any]
    ) -> None:
        contact = written(cast, minutes=25)
        do(worker, actions.correct_contact, contact, facts=right(contact, **changes))
        assert ContactCorrection.objects.get().before == before

    def test_the_hour_stays_while_the_day_does(self, cast: Cast, worker: Actor) -> None:
        moment = datetime(2026, 11, 20, 9, 17, tzinfo=clock.LONDON)
        contact = written(cast, happened_at=moment)
        do(worker, actions.correct_contact, contact, facts=right(contact, note="Other"))
        contact.refresh_from_db()
        assert contact.happened_at == moment
        do(worker, actions.correct_contact, contact, facts=right(contact, happened_on=date(2026, 11, 19)))
        contact.refresh_from_db()
        assert contact.happened_at.astimezone(clock.LONDON).date() == date(2026, 11, 19)

    def test_a_try_that_was_a_talk_no_longer_counts(self, cast: Cast, worker: Actor) -> None:
        case = make.contacting(cast, tries=3)
        newest = Contact.objects.filter(case=case).order_by("-happened_at").first()
        assert tries_of(case).may_close
        do(worker, actions.correct_contact, newest, facts=right(newest, result="spoke"))
        assert tries_of(case).made == 0

    def test_twice_put_right_both_are_kept(self, cast: Cast, worker: Actor) -> None:
        contact = written(cast)
        for words in ("One", "Two"):
            contact.refresh_from_db()
            do(worker, actions.correct_contact, contact, facts=right(contact, note=words))
        assert [each.before["note"] for each in ContactCorrection.objects.order_by("made_at")] == [
            "Talked about Tuesdays.", "One",
        ]  # fmt: skip

    def test_a_closed_case_can_still_be_put_right(self, cast: Cast, worker: Actor) -> None:
        case = make.reviewed(cast)
        contact = written(cast, case)
        make.answers(cast, case, "end")
        do(worker, actions.close, case, reason="goals-met")
        do(worker, actions.correct_contact, contact, facts=right(contact, note="With her sister."))
        assert make.fresh(case).state == "closed"

    @pytest.mark.parametrize(
        ("changes", "error", "words"),
        [
            ({"note": "Other", "why": "  "}, Invalid, "why it is put right"),
            ({"happened_on": date(2099, 1, 1)}, Invalid, "future"),
            ({}, Conflict, "Nothing was changed"),
        ],
    )
    def test_what_does_not_hold_changes_nothing(
        self, cast: Cast, worker: Actor, changes: dict[str, Any], error: type[Exception], words: str
    ) -> None:
        contact = written(cast)
        with pytest.raises(error, match=words):
            do(worker, actions.correct_contact, contact, facts=right(contact, **changes))
        contact.refresh_from_db()
        assert contact.note == "Talked about Tuesdays." and not ContactCorrection.objects.exists()

    def test_a_correction_is_never_changed(self, cast: Cast, worker: Actor) -> None:
        contact = written(cast)
        do(worker, actions.correct_contact, contact, facts=right(contact, note="Other"))
        with suppress(DatabaseError), transaction.atomic():
            ContactCorrection.objects.update(reason="Never")
        assert ContactCorrection.objects.get().reason == WHY

    def test_the_audit_has_both_wordings(self, cast: Cast, worker: Actor) -> None:
        contact = written(cast)
        do(worker, actions.correct_contact, contact, facts=right(contact, note="Other"))
        changes = [each for each in changes_of(contact.case.person_id, [contact.case_id]) if each.thing == "contact"]
        assert [each.done for each in changes].count("update") == 1


class TestWhoMay:
    def test_the_manager_may_too(self, cast: Cast, manager: Actor) -> None:
        contact = written(cast)
        do(manager, actions.correct_contact, contact, facts=right(contact, note="About somebody else. Taken out."))
        assert ContactCorrection.objects.get().made_by_name == "Ruth Adeyemi"

    def test_whoever_has_the_case_now_does_not_rewrite_a_colleague(
        self, cast: Cast, worker: Actor, colleague: Actor
    ) -> None:
        contact = written(cast)
        do(worker, actions.hand_over, contact.case, worker_id=cast.colleague.id, note="Likes the mornings.")
        with pytest.raises(NotAllowed, match="put right what a colleague wrote"):
            do(colleague, actions.correct_contact, contact, facts=right(contact, note="Mine"))
        with pytest.raises(NotAllowed, match="somebody else now"):
            do(worker, actions.correct_contact, contact, facts=right(contact, note="Mine"))

    @pytest.mark.parametrize("who", ["outsider", "outside_manager", "safeguarding_lead", "referrer", "commissioner"])
    def test_nobody_else(self, cast: Cast, who: str) -> None:
        contact = written(cast)
        with pytest.raises((NotAllowed, Contact.DoesNotExist)):
            do(cast.actor(getattr(cast, who)), actions.correct_contact, contact, facts=right(contact, note="Mine"))
        assert not ContactCorrection.objects.exists()


class TestPages:
    def address(self, contact: Contact) -> str:
        return reverse("casework:contact-correct", args=[contact.pk])

    def answers(self, **changes: Any) -> dict[str, Any]:
        day = clock.today()
        when = {"happened_on_day": day.day, "happened_on_month": day.month, "happened_on_year": day.year}
        return {"how": "phone", "result": "spoke", "note": "On Thursdays.", "why": WHY, **when, **changes}

    def test_from_the_history_to_the_correction_and_back(self, cast: Cast) -> None:
        contact = written(cast)
        client = cast.client(cast.link_worker)
        case_page = reverse("casework:case", args=[contact.case_id])
        assert self.address(contact) in client.get(case_page).content.decode()
        opened = client.get(self.address(contact)).content.decode()
        assert "Talked about Tuesdays." in opened
        said = client.post(self.address(contact), self.answers(), follow=True).content.decode()
        assert "On Thursdays." in said and "Put right by Amara Boateng" in said
        again = client.get(self.address(contact)).content.decode()
        assert "Talked about Tuesdays." in again and WHY in again

    def test_a_reason_is_asked_for_and_the_words_stay(self, cast: Cast) -> None:
        contact = written(cast)
        refused = cast.client(cast.link_worker).post(self.address(contact), self.answers(why=""))
        said = refused.content.decode()
        assert refused.status_code == 400 and "Say why it is put right" in said and "On Thursdays." in said

    def test_sent_twice_it_is_put_right_once(self, cast: Cast) -> None:
        contact, client = written(cast), cast.client(cast.link_worker)
        codes = [client.post(self.address(contact), self.answers()).status_code for _ in range(2)]
        assert codes == [302, 400] and ContactCorrection.objects.count() == 1

    def test_for_whom_the_page_opens(self, cast: Cast, worker: Actor) -> None:
        contact = written(cast)
        expected = {"link_worker": 200, "manager": 200, "colleague": 404, "outsider": 404, "referrer": 403}
        for who, code in expected.items():
            assert cast.client(getattr(cast, who)).get(self.address(contact)).status_code == code, who
        assert cast.client().get(self.address(contact)).status_code == 302
        assert cast.client(cast.link_worker).delete(self.address(contact)).status_code == 405
        do(worker, actions.hand_over, contact.case, worker_id=cast.colleague.id, note="Likes the mornings.")
        assert cast.client(cast.colleague).get(self.address(contact)).status_code == 403

    def test_a_colleagues_contact_offers_no_link(self, cast: Cast, worker: Actor) -> None:
        contact = written(cast)
        do(worker, actions.hand_over, contact.case, worker_id=cast.colleague.id, note="Likes the mornings.")
        said = cast.client(cast.colleague).get(reverse("casework:case", args=[contact.case_id])).content.decode()
        assert self.address(contact) not in said

    def test_a_protected_persons_contact_is_for_their_worker(self, cast: Cast, lead: Actor) -> None:
        contact = written(cast)
        do(lead, restrict, contact.case.person, level="protected", reason="Known here")
        assert cast.client(cast.manager).get(self.address(contact)).status_code == 404
        assert cast.client(cast.link_worker).get(self.address(contact)).status_code == 200


class TestHowMuchSupport:
    def test_it_is_changed_alone(self, cast: Cast) -> None:
        case, client = make.active(cast), cast.client(cast.link_worker)
        address = reverse("casework:complexity", args=[case.pk])
        assert address in client.get(reverse("casework:case", args=[case.pk])).content.decode()
        before = (case.next_action, case.next_action_on, case.state)
        assert client.post(address, {"complexity": "3"}).status_code == 302
        now = make.fresh(case)
        assert (now.complexity, (now.next_action, now.next_action_on, now.state)) == (3, before)

    @pytest.mark.parametrize("answer", ["", "4", "heavy"])
    def test_only_one_of_the_three(self, cast: Cast, answer: str) -> None:
        case = make.active(cast, complexity=1)
        response = cast.client(cast.link_worker).post(
            reverse("casework:complexity", args=[case.pk]), {"complexity": answer}
        )
        assert response.status_code == 400 and make.fresh(case).complexity == 1

    def test_a_closed_case_weighs_nothing_any_more(self, cast: Cast) -> None:
        case = make.closed(cast)
        response = cast.client(cast.link_worker).post(
            reverse("casework:complexity", args=[case.pk]), {"complexity": "3"}
        )
        assert response.status_code == 400 and "This case is closed" in response.content.decode()

    def test_for_whom(self, cast: Cast) -> None:
        address = reverse("casework:complexity", args=[make.active(cast).pk])
        for who, code in {"manager": 200, "colleague": 404, "outsider": 404, "referrer": 403}.items():
            assert cast.client(getattr(cast, who)).get(address).status_code == code
        assert cast.client().get(address).status_code == 302


def test_every_correction_is_later_than_its_contact(cast: Cast, worker: Actor) -> None:
    contact = written(cast, happened_at=clock.now() - timedelta(days=3))
    do(worker, actions.correct_contact, contact, facts=right(contact, note="Other"))
    assert ContactCorrection.objects.get().made_at > contact.happened_at
