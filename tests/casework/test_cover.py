"""While somebody is away: whoever covers sees what is due and acts, nobody new is given to the absent, and others hear whom to ask."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from linkworks.accounts import actions as accounts
from linkworks.accounts.models import Absence
from linkworks.casework import actions, queries
from linkworks.casework.models import Case, Contact, Task
from linkworks.connections.actions.telling import values_of
from linkworks.connections.models import Connection
from linkworks.core import clock, tenancy
from linkworks.core.actor import Actor
from linkworks.core.errors import NotAllowed
from linkworks.messaging.rules import worded
from linkworks.people.actions import restrict
from linkworks.referrals.models import Progress
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do

NOTE = "Mrs Marlow rings on Tuesdays."


def away(cast: Cast, **changes: Any) -> Absence:
    """Amara is away for a week from today; Tomasz covers."""
    today = clock.today()
    facts = {"cover_id": cast.colleague.id, "starts_on": today, "ends_on": today + timedelta(days=7), "note": NOTE}
    facts = {**facts, **changes}
    worker_id = facts.pop("worker_id", cast.link_worker.id)
    by = cast.actor(cast.manager)
    with tenancy.context(by):
        return accounts.set_absence(worker_id, scheme_id=cast.scheme.id, **facts, by=by)


def due_today(case: Case) -> Case:
    Case.objects.filter(pk=case.pk).update(next_action_on=clock.today())
    return make.fresh(case)


def page(cast: Cast, name: str, *key: Any, who: Any) -> str:
    response = cast.client(who).get(reverse(f"casework:{name}", args=key))
    assert response.status_code == 200
    return response.content.decode()


class TestTheMorning:
    def test_what_is_due_for_the_absent_is_in_the_covers_morning_and_marked(self, cast: Cast, colleague: Actor) -> None:
        case = due_today(make.active(cast))
        assert "Jean Marlow" not in page(cast, "today", who=cast.colleague)
        away(cast)
        said = page(cast, "today", who=cast.colleague)
        assert "Jean Marlow" in said and "Covering for Amara Boateng" in said
        assert "You cover for Amara Boateng until" in said and NOTE in said
        (item,) = do(colleague, lambda *, by: queries.today_of(by)).today
        assert (item.case_id, item.covering_for) == (case.pk, "Amara Boateng")

    def test_tasks_too(self, cast: Cast, worker: Actor, colleague: Actor) -> None:
        case = make.active(cast)
        do(worker, actions.add_task, case, title="Ring her sister", due_on=clock.today(), token="one")
        away(cast)
        assert [each.what for each in do(colleague, lambda *, by: queries.today_of(by)).today] == ["Ring her sister"]

    def test_ones_own_are_not_marked_and_the_caseload_counts_ones_own(self, cast: Cast, colleague: Actor) -> None:
        due_today(make.active(cast))
        due_today(make.active(cast, cast.colleague, given_name="Ada", nhs_number=""))
        away(cast)
        found = do(colleague, lambda *, by: queries.today_of(by))
        assert {(each.name, each.covering_for) for each in found.today} == {
            ("Ada Marlow", ""), ("Jean Marlow", "Amara Boateng"),
        }  # fmt: skip
        assert found.caseload == 1

    def test_before_the_first_day_and_after_the_last_there_is_nothing(self, cast: Cast) -> None:
        case = due_today(make.active(cast))
        absence = away(cast)
        today = clock.today()
        for first, last in ((1, 3), (-3, -1)):
            days = {"starts_on": today + timedelta(days=first), "ends_on": today + timedelta(days=last)}
            Absence.objects.filter(pk=absence.pk).update(**days)
            said = page(cast, "today", who=cast.colleague)
            assert "Jean Marlow" not in said and "You cover" not in said
            assert cast.client(cast.colleague).get(reverse("casework:case", args=[case.pk])).status_code == 404

    def test_ended_early_it_stops_at_once(self, cast: Cast, manager: Actor) -> None:
        case = due_today(make.active(cast))
        absence = away(cast)
        do(manager, accounts.end_absence, absence)
        assert cast.client(cast.colleague).get(reverse("casework:case", args=[case.pk])).status_code == 404
        assert "Jean Marlow" not in page(cast, "today", who=cast.colleague)


class TestActing:
    def test_the_cover_opens_the_case_and_acts_on_it_in_their_own_name(self, cast: Cast, colleague: Actor) -> None:
        case = make.active(cast)
        away(cast)
        assert "Jean Marlow" in page(cast, "case", case.pk, who=cast.colleague)
        do(colleague, actions.record_contact, case, facts=make.spoke())
        assert Contact.objects.get(case=case).made_by_name == "Tomasz Zielinski"
        assert make.fresh(case).worker_id == cast.link_worker.id

    def test_they_tick_off_a_task(self, cast: Cast, worker: Actor, colleague: Actor) -> None:
        case = make.active(cast)
        task = do(worker, actions.add_task, case, title="Ring", due_on=clock.today(), token="one")
        with pytest.raises(NotAllowed):
            do(colleague, actions.finish_task, task)
        away(cast)
        do(colleague, actions.finish_task, task)
        assert Task.objects.get().done_by == "Tomasz Zielinski"

    def test_nobody_else_may(self, cast: Cast, outsider: Actor) -> None:
        case = make.active(cast)
        away(cast, cover_id=cast.manager.id)
        for who in ("colleague", "outsider"):
            assert cast.client(getattr(cast, who)).get(reverse("casework:case", args=[case.pk])).status_code == 404

    def test_a_protected_persons_case_is_not_covered(self, cast: Cast, lead: Actor) -> None:
        case = due_today(make.active(cast))
        do(lead, restrict, case.person, level="protected", reason="Known here")
        away(cast)
        assert cast.client(cast.colleague).get(reverse("casework:case", args=[case.pk])).status_code == 404
        assert "Jean Marlow" not in page(cast, "today", who=cast.colleague)

    def test_the_absent_still_reach_their_own(self, cast: Cast) -> None:
        case = make.active(cast)
        away(cast)
        assert "Jean Marlow" in page(cast, "case", case.pk, who=cast.link_worker)

    def test_the_caseload_stays_ones_own(self, cast: Cast) -> None:
        make.active(cast)
        away(cast)
        assert "Jean Marlow" not in page(cast, "caseload", who=cast.colleague)


class TestGivingCases:
    def test_nobody_who_is_away_is_suggested(self, cast: Cast) -> None:
        make.active(cast, cast.colleague)
        assert queries.suggestion(cast.scheme.id, 2).worker.name == "Amara Boateng"
        away(cast)
        assert queries.suggestion(cast.scheme.id, 2).worker.name == "Tomasz Zielinski"

    def test_with_all_of_them_away_the_manager_is_left(self, cast: Cast) -> None:
        away(cast, cover_id=cast.manager.id)
        away(cast, worker_id=cast.colleague.id, cover_id=cast.manager.id)
        assert queries.suggestion(cast.scheme.id, 2).worker.name == "Ruth Adeyemi"

    def test_it_is_said_beside_their_name_and_a_manager_may_still_give(self, cast: Cast, manager: Actor) -> None:
        case = make.waiting(cast)
        absence = away(cast)
        said = page(cast, "allocate", case.pk, who=cast.manager)
        assert f"Away until {absence.ends_on:%A}" in said and "Tomasz Zielinski covers" in said
        assert do(manager, actions.allocate, case, worker_id=cast.link_worker.id).worker_id == cast.link_worker.id


class TestOthersHearWhomToAsk:
    def test_a_group(self, cast: Cast) -> None:
        _, _, connection = make.connected(cast)
        found = Connection.objects.select_related("scheme").get(pk=connection.pk)
        assert "ask_for" not in values_of(found)
        away(cast)
        told = values_of(found)
        assert (told["away"], told["ask_for"]) == ("Amara Boateng", "Tomasz Zielinski")
        for template in ("provider-connection", "provider-reminder", "question-for-provider"):
            words = worded(template, {**told, "link": "/x", "date": "Monday"}).body
            assert "Amara Boateng is away: ask for Tomasz Zielinski." in words

    def test_whoever_referred_and_nothing_about_the_person(self, cast: Cast, job: Actor) -> None:
        case, _, plan = make.planned(cast)
        away(cast)
        do(job, actions.tell_plan_agreed, plan.pk)
        words = Progress.objects.get(step="plan-agreed").words
        assert "Amara Boateng is away until" in words and "ask for Tomasz Zielinski" in words
        assert "Jean" not in words and "eat with other people" not in words
        assert all("Jean" not in each.body for each in mail.outbox) and case.reference not in words

    def test_nothing_is_added_while_nobody_is_away(self, cast: Cast, job: Actor) -> None:
        _, _, plan = make.planned(cast)
        do(job, actions.tell_plan_agreed, plan.pk)
        assert "away" not in Progress.objects.get(step="plan-agreed").words


class TestThePages:
    def answers(self, cast: Cast, **changes: Any) -> dict[str, Any]:
        first, last = clock.today(), clock.today() + timedelta(days=4)
        days = {
            f"{name}_{part}": getattr(day, part)
            for name, day in (("starts_on", first), ("ends_on", last))
            for part in ("day", "month", "year")
        }
        return {"cover": str(cast.colleague.id), "note": NOTE, **days, **changes}

    def test_a_worker_sets_their_own_and_ends_it(self, cast: Cast) -> None:
        client = cast.client(cast.link_worker)
        assert "Who is away?" not in client.get(reverse("casework:away-new")).content.decode()
        said = client.post(reverse("casework:away-new"), self.answers(cast), follow=True).content.decode()
        assert "Tomasz Zielinski covers" in said and NOTE in said
        absence = Absence.objects.get()
        assert (absence.worker_id, absence.state) == (cast.link_worker.id, "set")
        said = client.post(reverse("casework:away-end", args=[absence.pk]), follow=True).content.decode()
        assert "Nobody is away" in said and "Ended by Amara Boateng" in said

    def test_a_worker_cannot_send_somebody_else_away(self, cast: Cast) -> None:
        answers = self.answers(cast, worker=str(cast.colleague.id), cover=str(cast.manager.id))
        cast.client(cast.link_worker).post(reverse("casework:away-new"), answers)
        assert Absence.objects.get().worker_id == cast.link_worker.id

    def test_a_manager_sets_it_for_the_team_and_sees_who_is_away(self, cast: Cast) -> None:
        client = cast.client(cast.manager)
        answers = self.answers(cast, worker=str(cast.link_worker.id))
        assert client.post(reverse("casework:away-new"), answers).status_code == 302
        assert "Amara Boateng" in page(cast, "away", who=cast.manager)
        assert reverse("casework:away") in page(cast, "allocation", who=cast.manager)

    @pytest.mark.parametrize("missing", ["cover", "starts_on_day", "ends_on_year"])
    def test_what_is_missing_is_said_and_the_note_stays(self, cast: Cast, missing: str) -> None:
        refused = cast.client(cast.link_worker).post(reverse("casework:away-new"), self.answers(cast, **{missing: ""}))
        assert refused.status_code == 400 and NOTE in refused.content.decode()
        assert not Absence.objects.exists()

    def test_somebody_of_another_scheme_is_no_choice(self, cast: Cast) -> None:
        answers = self.answers(cast, cover=str(cast.outsider.id))
        assert cast.client(cast.link_worker).post(reverse("casework:away-new"), answers).status_code == 400
        assert not Absence.objects.exists()

    def test_sent_twice_there_is_one(self, cast: Cast) -> None:
        client = cast.client(cast.link_worker)
        codes = [client.post(reverse("casework:away-new"), self.answers(cast)).status_code for _ in range(2)]
        assert codes == [302, 400] and Absence.objects.count() == 1

    def test_the_note_is_for_whoever_is_concerned(self, cast: Cast) -> None:
        away(cast, cover_id=cast.manager.id)
        assert NOTE in page(cast, "away", who=cast.manager)
        said = page(cast, "away", who=cast.colleague)
        assert "Amara Boateng" in said and NOTE not in said and "End this now" not in said

    def test_a_colleague_cannot_end_it(self, cast: Cast) -> None:
        absence = away(cast, cover_id=cast.manager.id)
        cast.client(cast.colleague).post(reverse("casework:away-end", args=[absence.pk]))
        absence.refresh_from_db()
        assert absence.state == "set"
        outside = cast.client(cast.outsider).post(reverse("casework:away-end", args=[absence.pk]))
        assert outside.status_code == 404

    def test_for_whom(self, cast: Cast) -> None:
        for name in ("away", "away-new"):
            address = reverse(f"casework:{name}")
            for who, code in {"manager": 200, "link_worker": 200, "safeguarding_lead": 403, "referrer": 403}.items():
                assert cast.client(getattr(cast, who)).get(address).status_code == code
            assert cast.client().get(address).status_code == 302

    def test_the_morning_asks_no_more_for_more_to_cover(self, cast: Cast, django_assert_max_num_queries: Any) -> None:
        away(cast)
        client, address = cast.client(cast.colleague), reverse("casework:today")
        client.get(address)
        for name in ("Ada", "Bea", "Cleo"):
            due_today(make.active(cast, given_name=name, nhs_number=""))
        with django_assert_max_num_queries(20):
            client.get(address)


class TestWhomNobodyCovers:
    def keep_close(self, cast: Cast, level: str = "protected", **more: Any) -> Case:
        case = make.active(cast)
        do(cast.actor(cast.safeguarding_lead), restrict, case.person, level=level, reason="Known here", **more)
        return case

    def test_the_worker_and_the_manager_read_how_many_and_whom_to_ask_and_nobody_else_does(self, cast: Cast) -> None:
        case = self.keep_close(cast)
        said = f"1 person is not covered, because their record is kept close. Ask {cast.safeguarding_lead.name}"
        assert said in page(cast, "away-new", who=cast.link_worker)
        away(cast)
        for who, reads in ((cast.link_worker, True), (cast.manager, True), (cast.colleague, False)):
            shown = page(cast, "away", who=who)
            assert (said in shown, "not covered" in shown) == (reads, reads)
            assert "Jean" not in shown and case.reference not in shown

    def test_with_everybody_covered_nothing_is_said(self, cast: Cast) -> None:
        make.active(cast)
        away(cast)
        assert "not covered" not in page(cast, "away", who=cast.manager)
        assert "not covered" not in page(cast, "away-new", who=cast.link_worker)

    def test_whoever_covers_and_was_named_covers(self, cast: Cast) -> None:
        self.keep_close(cast, "sealed", named=[cast.link_worker.id, cast.colleague.id])
        away(cast)
        assert "not covered" not in page(cast, "away", who=cast.manager)
