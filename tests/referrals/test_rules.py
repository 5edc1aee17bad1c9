"""What is missing, who can be taken, what may be changed, and references."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core import ids, vocabulary
from linkworks.organisations.states import OrganisationKind
from linkworks.referrals import rules
from linkworks.referrals.models import Referral
from linkworks.referrals.rules import Reach, ReferralDetails
from linkworks.referrals.states import DeclineReason

TODAY = date(2026, 11, 23)
GOOD = ReferralDetails(
    referrer_type="gp",
    given_name="Jane",
    contact_channels=(Reach("phone", "020 7946 0001"),),
    needs=("loneliness",),
    told_and_agrees=True,
)


def test_a_full_referral_has_no_problem() -> None:
    assert rules.problems(GOOD, today=TODAY) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"given_name": "  "}, "given_name"),
        ({"born_on": date(2026, 11, 24)}, "born_on"),
        ({"nhs_number": "1234567890"}, "nhs_number"),
        ({"contact_channels": ()}, "contact_channels"),
        ({"needs": ()}, "needs"),
        ({"needs": ("made-up",)}, "needs"),
        ({"access_needs": ("made-up",)}, "access_needs"),
        ({"told_and_agrees": False}, "told_and_agrees"),
        ({"referrer_type": "stranger"}, "referrer_type"),
    ],
)
def test_each_problem_is_named_with_its_field(change: dict[str, object], field: str) -> None:
    found = rules.problems(replace(GOOD, **change), today=TODAY)
    assert [each[0] for each in found] == [field]
    assert found[0][1]


def test_words_do_instead_of_a_reason_from_the_list() -> None:
    assert rules.problems(replace(GOOD, needs=(), in_their_words="I miss company"), today=TODAY) == []


@pytest.mark.parametrize("kind", list(vocabulary.REFERRER_TYPES))
def test_every_type_of_referrer_is_known(kind: str) -> None:
    assert rules.problems(replace(GOOD, referrer_type=kind), today=TODAY) == []


@pytest.mark.parametrize(
    ("born_on", "refused"),
    [
        (date(2008, 11, 23), False),
        (date(2008, 11, 24), True),
        (date(1946, 11, 24), False),
        (date(1945, 11, 23), True),
        (None, False),
    ],
)
def test_age_is_counted_to_the_day(born_on: date | None, refused: bool) -> None:
    assert bool(rules.why_not_eligible(born_on, youngest=18, oldest=80, today=TODAY)) is refused


def test_without_limits_everybody_is_eligible() -> None:
    assert rules.why_not_eligible(date(1920, 1, 1), youngest=None, oldest=None, today=TODAY) == ""


@pytest.mark.parametrize("typed", ["3/6/1951", "03.06.1951", " 3-6-1951 ", "3 6 1951"])
def test_a_date_in_a_search_box_is_understood(typed: str) -> None:
    assert rules.date_in(typed) == date(1951, 6, 3)


@pytest.mark.parametrize("typed", ["", "Jean", "31/2/1951", "3/6/51", "R-3678-4678", "3/6/1951 Jean"])
def test_other_words_are_no_date(typed: str) -> None:
    assert rules.date_in(typed) is None


class TestReference:
    def test_it_is_one_that_can_be_read_out(self) -> None:
        reference = rules.reference_of(uuid4())
        assert ids.tidy_reference(reference.lower().replace("-", " ")) == reference

    @given(st.uuids(version=4))
    def test_the_same_id_always_gives_the_same_one(self, key: UUID) -> None:
        assert rules.reference_of(key) == rules.reference_of(UUID(str(key)))
        assert set(rules.reference_of(key)[2:].replace("-", "")) <= set(ids.ALPHABET)

    def test_ten_thousand_are_all_different(self) -> None:
        assert len({rules.reference_of(uuid4()) for _ in range(10_000)}) == 10_000


class TestAmending:
    def test_who_sent_it_and_that_the_person_agreed_cannot_be_changed(self) -> None:
        assert not {
            "referrer_type",
            "referrer_name",
            "from_organisation_id",
            "told_and_agrees",
            "scheme_id",
            "state",
        } & set(rules.AMENDABLE)

    def test_every_field_is_a_column(self) -> None:
        assert set(rules.AMENDABLE) <= {each.name for each in Referral._meta.get_fields()}

    def test_only_what_really_differs_is_changed(self) -> None:
        assert rules.changed({"a": 1, "b": 2}, {"a": 1, "b": 3}) == {"b": 3}

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("needs", ["loneliness", "housing"], "Feeling alone or isolated; Problems with my home or rent"),
            (
                "contact_channels",
                [{"kind": "through-someone", "value": "her son", "is_safe": True}],
                "Through somebody else: her son",
            ),
            ("needs_interpreter", True, "Yes"),
            ("language", "bn", vocabulary.label("languages", "bn")),
            ("born_on", None, ""),
            ("given_name", "Jane", "Jane"),
        ],
    )
    def test_values_are_kept_as_words(self, field: str, value: object, said: str) -> None:
        assert rules.in_words(field, value) == said


def test_every_kind_of_organisation_has_a_type_of_referrer() -> None:
    for kind in OrganisationKind:
        assert rules.types_at(kind)
        assert set(rules.types_at(kind)) <= set(vocabulary.REFERRER_TYPES)


def test_every_reason_for_declining_is_said_in_words() -> None:
    assert set(rules.DECLINED_BECAUSE) == {each.value for each in DeclineReason}
