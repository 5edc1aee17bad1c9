"""What holds for any referral at all, whatever was typed into it."""

import csv
import io
import json
from datetime import date, timedelta
from types import SimpleNamespace
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from linkworks.core import clock, vocabulary
from linkworks.people.forms import reach_answers
from linkworks.referrals import presenters, rules
from linkworks.referrals.forms import NEEDS_SHOWN, Draft, answers_of, details_from, needs_of
from linkworks.referrals.queries import Event
from linkworks.referrals.rules import AMENDABLE, ReferralDetails
from linkworks.ui import spreadsheets
from tests.factories.referrals import DETAILS

TODAY = date(2026, 11, 22)
words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)
names = words.filter(lambda text: text.strip())
days = st.dates(date(1900, 1, 1), TODAY)
needs = st.lists(st.sampled_from(list(vocabulary.NEEDS)), unique=True, max_size=6)
WAYS = {
    "phone": "020 7946 0001",
    "text": "07700 900982",
    "email": "a@example.org",
    "letter": "1 High St",
    "through-someone": "Her sister",
}
ODD_CELLS = ["=1+1", "+44 20", "-2", "@x", "\t=1", 'a"b', "a,b", "é\u202eevil"]
BOXES = {"through-someone": "through"}


@st.composite
def answers(draw: st.DrawFn) -> dict[str, object]:
    """Answers as a valid form gives them."""
    ways = draw(st.lists(st.sampled_from(list(WAYS)), unique=True, min_size=1))
    chosen = draw(needs)
    grouped = {group: [each for each in offered if each in chosen] for group, (_, offered) in NEEDS_SHOWN.items()}
    return {
        "given_name": draw(names),
        "family_name": draw(words),
        "chosen_name": draw(words),
        "born_on": draw(st.none() | days),
        "in_their_words": draw(words),
        "anything_to_know": draw(words),
        "language": draw(st.sampled_from(list(vocabulary.LANGUAGES))),
        "needs_interpreter": draw(st.booleans()),
        "access_needs": draw(st.lists(st.sampled_from(list(vocabulary.ACCESS_NEEDS)), unique=True, max_size=3)),
        "told_and_agrees": True,
        **grouped,
        "ways": [each for each in WAYS if each in ways],
        **{BOXES.get(each, each): WAYS[each] for each in ways},
        "phone_message": draw(st.booleans()),
        "phone_say_who": draw(st.booleans()),
        "phone_times": draw(words),
    }


def kept(details: ReferralDetails) -> SimpleNamespace:
    return SimpleNamespace(**details.stored())


class TestAnswers:
    @given(given=answers())
    def test_a_stored_referral_gives_back_the_answers_that_made_it(self, given: dict[str, object]) -> None:
        details = details_from(given, {"referrer_type": "gp"})
        assert details_from(answers_of(kept(details)), {"referrer_type": "gp"}) == details  # type: ignore[arg-type]

    @given(given=answers())
    def test_every_need_that_was_chosen_arrives_once(self, given: dict[str, object]) -> None:
        chosen = [each for group in NEEDS_SHOWN for each in given[group]]  # type: ignore[attr-defined]
        assert sorted(needs_of(given)) == sorted(set(chosen))

    @given(given=answers())
    def test_only_the_ways_that_were_chosen_are_kept(self, given: dict[str, object]) -> None:
        typed_everywhere = {**{BOXES.get(each, each): value for each, value in WAYS.items()}, **given}
        assert [each.kind for each in reach_answers(typed_everywhere)] == given["ways"]

    @given(given=answers())
    def test_a_draft_keeps_them_through_the_sessions_json(self, given: dict[str, object]) -> None:
        session: dict[str, object] = {}
        Draft(session, "x").keep(given)
        again = Draft(json.loads(json.dumps(session)), "x")
        assert again.answers == given
        assert again.token == Draft(session, "x").token

    @given(given=answers(), other=answers())
    def test_changed_answers_are_a_new_form_to_send_and_the_same_are_not(
        self, given: dict[str, object], other: dict[str, object]
    ) -> None:
        draft = Draft({}, "x")
        draft.keep(given)
        token = draft.token
        draft.keep(given)
        assert draft.token == token
        draft.keep(other)
        assert (draft.token == token) is (draft.answers == given)


class TestProblems:
    @given(given=answers())
    def test_what_a_valid_form_says_can_be_sent(self, given: dict[str, object]) -> None:
        found = rules.problems(details_from(given, {"referrer_type": "gp"}), today=TODAY)
        has_reason = bool(needs_of(given)) or bool(str(given["in_their_words"]).strip())
        assert found == [] if has_reason else [field for field, _ in found] == ["needs"]

    @given(day=st.dates(TODAY + timedelta(days=1), date(2200, 1, 1)))
    def test_nobody_is_born_tomorrow(self, day: date) -> None:
        assert "born_on" in dict(rules.problems(rules.ReferralDetails("gp", "Jean", born_on=day), today=TODAY))

    @given(born=days, youngest=st.none() | st.integers(0, 110), oldest=st.none() | st.integers(0, 110))
    def test_an_age_is_refused_exactly_outside_the_bounds(
        self, born: date, youngest: int | None, oldest: int | None
    ) -> None:
        age = sum(1 for year in range(born.year + 1, TODAY.year + 1) if (year, born.month, born.day) <= (2026, 11, 22))
        fits = (youngest is None or age >= youngest) and (oldest is None or age <= oldest)
        refusal = rules.why_not_eligible(born, youngest=youngest, oldest=oldest, today=TODAY)
        assert (refusal == "") is fits
        assert rules.why_not_eligible(None, youngest=youngest, oldest=oldest, today=TODAY) == ""

    @given(one=answers(), other=answers())
    def test_what_changed_is_what_differs(self, one: dict[str, object], other: dict[str, object]) -> None:
        assert rules.changed(one, one) == {}
        real = rules.changed(one, other)
        assert {**one, **real} == {**one, **other}
        assert all(one.get(name) != value for name, value in real.items())

    @given(field=st.sampled_from(list(AMENDABLE)), given=answers())
    def test_every_field_has_words_for_the_history(self, field: str, given: dict[str, object]) -> None:
        value = details_from(given, {"referrer_type": "gp"}).stored()[field]
        said = rules.in_words(field, value)
        assert bool(said) == (value not in (None, "", []))
        assert "{" not in said or "{" in str(value)

    @given(number=st.uuids())
    def test_a_reference_is_read_out_without_doubt(self, number: UUID) -> None:
        reference = rules.reference_of(number)
        assert reference == rules.reference_of(number)
        assert not set(reference[2:].replace("-", "")) & set("01ILO")

    @given(day=st.dates(date(1900, 1, 1), date(2099, 12, 31)), between=st.sampled_from("/. -"))
    def test_a_date_is_found_however_it_is_typed(self, day: date, between: str) -> None:
        assert rules.date_in(f" {day.day}{between}{day.month}{between}{day.year} ") == day

    @given(typed=words)
    def test_other_words_are_never_an_accident(self, typed: str) -> None:
        assert rules.date_in(typed) is None or isinstance(rules.date_in(typed), date)


class TestSaid:
    @given(given=answers())
    def test_every_answer_is_shown_to_be_checked_and_nothing_runs(self, given: dict[str, object]) -> None:
        evil = {**given, "in_their_words": "<script>alert(1)</script>", "given_name": "<b>Jean</b>"}
        shown = {
            row[0]: str(row[1]) for row in presenters.summary(details_from(evil, {"referrer_type": "gp"}).stored())
        }
        assert "<script" not in shown["In their own words"]
        assert "alert(1)" in shown["In their own words"]
        for each in needs_of(given):
            assert vocabulary.label("needs", each) in shown["Reasons"].replace("&#39;", "'").replace("&amp;", "&")

    @settings(max_examples=60)
    @given(
        texts=st.lists(
            words | st.sampled_from(["=1+1", "+44 20", "-2", "@x", "\t=1", 'a"b', "a,b", "é\u202eevil"]),
            min_size=4,
            max_size=4,
        )
    )
    def test_a_file_reads_back_as_it_was_and_no_cell_is_a_formula(self, texts: list[str]) -> None:
        given, family, postcode, sender = texts
        row = SimpleNamespace(
            **{
                **DETAILS.stored(), "given_name": given, "family_name": family, "postcode": postcode,
                "reference": "R-ABCD-EFGH", "scheme": SimpleNamespace(name="Elm Tree"), "sent_at": None,
                "decided_at": None, "state": "sent", "referrer_user": None, "referrer_name": sender,
            }
        )  # fmt: skip
        head, read = csv.reader(
            io.StringIO(spreadsheets.answer("a.csv", presenters.sheet([row])).content.decode("utf-8-sig"), newline="")
        )  # type: ignore[list-item]
        cells = dict(zip(head, read, strict=True))
        assert not any(cell[:1] in tuple("=+-@\t\r") and cell for cell in read)
        assert [cells[each].removeprefix("'") for each in ("First name", "Last name", "Postcode", "Sent by")] == [
            each.removeprefix("'") for each in (given, family, postcode, sender)
        ]

    @given(minutes=st.lists(st.integers(0, 10_000), unique=True, max_size=12))
    def test_the_newest_is_told_first(self, minutes: list[int]) -> None:
        start = clock.now()
        events = [Event(start + timedelta(minutes=each), str(each), "send", "sent") for each in sorted(minutes)]
        assert [line["by"] for line in presenters.timeline(events)] == [
            str(each) for each in sorted(minutes, reverse=True)
        ]
