"""The timeline, the inbox and the audit in words, for every kind, move and answer there is."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from linkworks.audit.queries import Change
from linkworks.casework.presenters import connection as connection_words
from linkworks.casework.presenters import inbox, people, record, timeline
from linkworks.casework.queries.inbox import Known
from linkworks.casework.queries.timeline import Event
from linkworks.casework.states import CaseMove, ContactHow, ContactResult, GoalMove, PlanMove, UnmetMove
from linkworks.connections.states import Move
from linkworks.core import vocabulary
from linkworks.messaging.states import State as MessageState
from linkworks.people.queries import PersonMatch
from linkworks.people.states import ChannelKind, SharingTopic
from linkworks.referrals.states import Move as ReferralMove
from linkworks.referrals.states import State as ReferralState
from tests.casework.spoken import not_words, texts
from tests.factories.casework import a_moment

NOON = a_moment(date(2026, 11, 23))  # a Monday
SHOWN: dict[str, tuple[list[str], list[str]]] = {
    # kind: (moves, what it is about)
    "case": ([move.value for move in CaseMove if move != CaseMove.TRY_CONTACT], [""]),
    "contact": ([each.value for each in ContactResult], [each.value for each in ContactHow]),
    "conversation": (["held"], [""]),
    "plan": ([each.value for each in PlanMove if each != PlanMove.SUPERSEDE], ["1", "12"]),
    "goal": ([each.value for each in GoalMove], ["I want to sing"]),
    "unmet": ([each.value for each in UnmetMove], list(vocabulary.NEEDS)),
    "measure": (["start", "review", "end", "declined"], ["ons4"]),
    "connection": ([each.value for each in Move if each.value != "propose"], ["Tuesday lunch club"]),
    "attendance": (["yes", "late", "no"], ["Tuesday lunch club"]),
    "question": (["asked", "answered"], ["Tuesday lunch club"]),
    "message": ([each.value for each in MessageState], ["letter", "text", "email"]),
    "referral": (["send"], ["R-7QK2-98MD"]),
    "link": (["undo"], ["R-7QK2-98MD"]),
}
PAIRS = [(kind, move) for kind, (moves, _) in SHOWN.items() for move in moves]


def event(kind: str, move: str, about: str = "", **changes: Any) -> Event:
    return Event(**{"at": NOON, "kind": kind, "move": move, "by": "Amara Boateng", "about": about, **changes})


class TestTimeline:
    def test_the_table_knows_every_kind(self) -> None:
        assert set(SHOWN) == set(timeline.TITLES)

    @pytest.mark.parametrize(("kind", "move"), PAIRS)
    def test_every_move_is_said_in_words_of_its_own(self, kind: str, move: str) -> None:
        for about in SHOWN[kind][1]:
            line = timeline.line(event(kind, move, about, about_id=uuid4()))
            assert not not_words(line), (kind, move, about)
            assert "changed" not in line["title"].lower()
            assert line["title"][:1].isupper()

    @pytest.mark.parametrize(("kind", "move"), PAIRS)
    def test_the_day_is_said_with_its_weekday_and_the_hour_only_when_it_is_known(self, kind: str, move: str) -> None:
        when = timeline.line(event(kind, move, "1", about_id=uuid4()))["when"]
        assert when.startswith("Monday 23 November 2026")
        assert (" at " in when) is (kind not in ("attendance", "conversation", "measure"))

    @pytest.mark.parametrize(("kind", "move"), PAIRS)
    def test_only_what_a_group_said_leads_to_its_page(self, kind: str, move: str) -> None:
        href = timeline.line(event(kind, move, "1", about_id=uuid4()))["href"]
        assert bool(href) is (kind in ("connection", "question", "attendance"))

    def test_why_a_group_said_no_stands_as_its_own_words(self) -> None:
        said = timeline.text(event("connection", "decline", "Kettle", text="We could not reach the person"))
        assert said == "They said: We could not reach the person"

    @pytest.mark.parametrize("note", vocabulary.DECLINE_REASONS)
    def test_a_workers_note_is_never_written_anew(self, note: str) -> None:
        assert timeline.text(event("contact", "note-only", "note", text=note)) == note

    @pytest.mark.parametrize(
        ("move", "title"),
        [("send", "Referred (R-1)"), ("amend", "Referral R-1 was changed"), ("withdraw", "Referral R-1 was withdrawn")],
    )
    def test_what_became_of_the_referral_is_told(self, move: str, title: str) -> None:
        assert timeline.title(event("referral", move, "R-1")) == title

    def test_what_was_put_right_says_of_what_and_why(self) -> None:
        put_right = replace(event("referral", "amend", "R-1", text="A slip"), changed=(("postcode", "SE15 5DD", ""),))
        assert timeline.text(put_right) == "Postcode: from “SE15 5DD” to “nothing”.\nA slip"

    def test_two_different_things_are_never_said_the_same_way(self) -> None:
        for kind in ("case", "goal", "connection", "plan", "attendance", "question", "message"):
            moves, (about, *_) = SHOWN[kind]
            titles = [timeline.title(event(kind, move, about)) for move in moves]
            assert len(set(titles)) == len(titles), kind


def referral(**changes: Any) -> Any:
    facts: dict[str, Any] = {
        "pk": uuid4(), "state": "sent", "given_name": "Jean", "family_name": "Marlow", "chosen_name": "",
        "reference": "R-7QK2-98MD", "sent_at": NOON, "needs": [], "in_their_words": "", "anything_to_know": "",
        "door": "account", "referrer_name": "", "from_organisation_name": "", "referrer_type": "gp", "born_on": None,
        "nhs_number": "", "address": "", "postcode": "", "contact_channels": [], "language": "en",
        "needs_interpreter": False, "access_needs": [], "referrer_phone": "", "referrer_email": "", "decision_words": "",
        "told_and_agrees": True,
    }  # fmt: skip
    return SimpleNamespace(**{**facts, **changes})


class TestReferral:
    @pytest.mark.parametrize("state", [each for each in ReferralState if each.value != "draft"])
    def test_every_state_has_its_words(self, state: ReferralState) -> None:
        shown = inbox.referral_view(referral(state=state.value))
        assert not not_words(shown)
        assert shown["tag"]["text"].lower() != state.value or state.value in ("accepted", "declined", "withdrawn")

    @pytest.mark.parametrize("filled", list(product([True, False], repeat=4)))
    def test_a_row_for_each_thing_known_and_none_that_is_empty(self, filled: tuple[bool, ...]) -> None:
        born, address, phone, chosen = filled
        shown = inbox.rows(
            referral(
                born_on=date(1951, 6, 3) if born else None,
                address="1 Rye Lane" if address else "",
                referrer_phone="020 7946 0009" if phone else "",
                chosen_name="Jeannie" if chosen else "",
            )
        )
        assert all(value for _, value in shown)
        names = {name for name, _ in shown}
        assert [
            ("Born" in names),
            ("Address" in names),
            ("Contact for the referrer" in names),
            ("Called" in names),
        ] == [*filled]

    @pytest.mark.parametrize("kind", list(ChannelKind))
    @pytest.mark.parametrize("is_safe", [True, False, None])
    @pytest.mark.parametrize("may", list(product([True, False], repeat=2)))
    def test_each_way_to_reach_somebody_says_whether_it_is_safe(
        self, kind: ChannelKind, is_safe: bool | None, may: tuple[bool, bool]
    ) -> None:
        told = {"kind": kind.value, "value": "020 7946 0001", "is_safe": is_safe}
        told |= {"may_leave_message": may[0], "may_say_who_is_calling": may[1]}
        said = inbox.channel_words(told)
        assert inbox.SAFE_WORDS[is_safe] in said
        assert not not_words(said)
        assert ("leave a message" in said) is (kind == ChannelKind.PHONE and is_safe is True)

    def test_every_language_and_access_need(self) -> None:
        for language in vocabulary.LANGUAGES:
            shown = inbox.rows(
                referral(language=language, needs_interpreter=True, access_needs=list(vocabulary.ACCESS_NEEDS))
            )
            assert "needs an interpreter" in dict(shown)["Language"]

    @pytest.mark.parametrize("move", [each for each in ReferralMove if each.value != "draft"])
    def test_every_move_of_its_history(self, move: ReferralMove) -> None:
        told = SimpleNamespace(move=move.value, at=NOON, by="Dr Nair", field="", before="", after="", reason="")
        line = inbox.event_line(told)
        assert not not_words(line)
        assert line["title"] != move.value


@pytest.mark.parametrize("born", [None, date(1951, 6, 3)])
@pytest.mark.parametrize("postcode", ["", "SE15 5DD"])
@pytest.mark.parametrize("reference", ["", "C-7QK2-98MD"])
@pytest.mark.parametrize("worker", ["", "Amara Boateng"])
def test_somebody_known_is_offered_in_one_line(born: date | None, postcode: str, reference: str, worker: str) -> None:
    match = PersonMatch(uuid4(), "Jean Marlow", born, postcode, ("same name", "same postcode"))
    value, label, hint = inbox.known_choice(Known(match, reference, worker))
    assert value == str(match.person_id)
    assert label.startswith("Jean Marlow")
    assert hint.startswith("Same name and same postcode. ")
    assert ("No open case" in hint) is (not reference)
    assert "  " not in hint + label and ", ." not in hint


class TestPerson:
    @pytest.mark.parametrize("topic_answers", list(product([True, False, None], repeat=2)))
    def test_every_topic_of_sharing_is_said(self, topic_answers: tuple[bool | None, bool | None]) -> None:
        first, second, *_ = SharingTopic
        rows = people.sharing_rows(dict(zip((first, second), topic_answers, strict=True)))
        assert len(rows) == len(SharingTopic)
        words = {True: "Yes", False: "No", None: "Not asked yet"}
        assert [value for _, value in rows][:2] == [words[each] for each in topic_answers]
        assert not not_words(rows)

    @pytest.mark.parametrize("kind", list(ChannelKind))
    @pytest.mark.parametrize("is_safe", [True, False, None])
    @pytest.mark.parametrize("preferred", [True, False])
    @pytest.mark.parametrize("times", ["", "mornings"])
    def test_a_way_is_never_said_without_its_safety(
        self, kind: ChannelKind, is_safe: bool | None, preferred: bool, times: str
    ) -> None:
        channel = SimpleNamespace(
            pk=uuid4(), kind=kind.value, value="020 7946 0001", is_safe=is_safe, is_preferred=preferred,
            may_leave_message=True, may_say_who_is_calling=False, best_times=times,
        )  # fmt: skip
        found = people.reach_of(channel)
        assert not not_words(found.notes) and not not_words(found.safety)
        assert not found.notes or found.notes[0].isupper()
        assert ("Prefers this" in found.notes) is preferred
        assert bool(found.href) is (is_safe is True and kind.value in ("phone", "text", "email"))

    @pytest.mark.parametrize(("number", "said"), [("9434765919", "943 476 5919"), ("", ""), ("123", "123")])
    def test_an_nhs_number_is_read_in_threes(self, number: str, said: str) -> None:
        assert people.spaced_nhs_number(number) == said


class TestAudit:
    @pytest.mark.parametrize("done", ["insert", "update", "delete", "unheard-of"])
    @pytest.mark.parametrize("thing", [*record.THINGS, "plan", "case measure"])
    def test_a_change_is_a_sentence(self, done: str, thing: str) -> None:
        for facts in ((), ("next action",), ("state", "closed at", "close reason")):
            row = record.change_row(Change(NOON, "", thing, done, facts))
            assert not not_words(row)
            assert row[1] == "Linkworks"
            assert row[2][0].isupper()
            assert (": " in row[3]) is bool(facts)

    def test_what_left_names_each_field(self) -> None:
        shared = SimpleNamespace(
            made_at=NOON,
            made_by_name="Amara",
            recipient="Kettle",
            fields=["name", "contact", "support need"],
            basis="Agreed",
        )
        assert "name, contact and support need" in list(texts(record.shared_row(shared)))  # type: ignore[arg-type]


@pytest.mark.parametrize("move", [each for each in Move if each.value != "propose"])
def test_every_move_of_a_connection(move: Move) -> None:
    line = connection_words.move_line(
        SimpleNamespace(move=move.value, made_at=NOON + timedelta(minutes=5), made_by_name="Maggie", reason="")
    )
    assert line["title"] != "Changed"
    assert line["when"] == "Monday 23 November 2026 at 10:05am"
