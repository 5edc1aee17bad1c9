"""Finding by what people say: what helps comes first, wherever in reach, and everything else still holds."""

import pytest

from linkworks.directory import queries
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")
ROW = {"kinds": ("lunch-club",), "needs": ("loneliness",)}


def names(said: str, **asked: object) -> list[str]:
    return [each.found.name for each in queries.answers(queries.Looking(words=said, **asked))]  # type: ignore[arg-type]


def around(said: str, limit: int = 10) -> list[str]:
    looking = queries.Looking(words=said, near=make.PECKHAM)
    return [each.found.name for each in queries.answers_around(looking, limit=limit)]


@pytest.fixture
def listed(everything: None) -> None:
    organisation = make.organisation("The Old Depot")
    for name, kind, need in (
        ("Pennywise", "debt-advice", "money-debt"), ("Fable choir", "music-and-singing", "creativity"),
        ("After the flowers", "bereavement-support", "bereavement"), ("Talk of the town", "social-group", "loneliness"),
    ):  # fmt: skip
        make.service(organisation, name=name, description="Come as you are.", kinds=(kind,), needs=(need,))


@pytest.mark.usefixtures("listed")
class TestAnswers:
    @pytest.mark.parametrize(
        ("said", "first"),
        [
            ("proper skint and the bailiffs keep knocking", "Pennywise"),
            ("someone to talk to since he died", "After the flowers"),
            ("dont see nobody from one week to the next", "Talk of the town"),
            ("I miss a good sing song", "Fable choir"),
            ("fable", "Fable choir"),
            ("penywise", "Pennywise"),
        ],
    )
    def test_what_helps_comes_first(self, said: str, first: str) -> None:
        assert names(said)[0] == first

    def test_what_is_denied_is_not_answered(self) -> None:
        assert names("I'm not lonely but I'm skint") == ["Pennywise"]

    def test_a_need_that_was_asked_for_must_hold_too(self) -> None:
        assert names("skint since he died", needs=("money-debt",)) == ["Pennywise"]
        assert names("skint", needs=("memory",)) == []

    def test_words_without_meaning_find_nothing(self) -> None:
        assert names("the of and") == []

    def test_scores_go_down(self) -> None:
        scores = [each.score for each in queries.answers(queries.Looking(words="skint and lonely"))]
        assert scores == sorted(scores, reverse=True)
        assert len(scores) == 2

    def test_it_says_why_in_the_words_of_the_need(self) -> None:
        (found,) = queries.answers(queries.Looking(words="the bailiffs come tomorrow"))
        assert found.found.reasons[0] == "Is for: money worries"


class TestPage:
    """The page has the same answers as before, put in another order, and only for a sentence."""

    SAID = "got the bailiffs coming round and no money left"

    @pytest.fixture(autouse=True)
    def many(self, everything: None) -> None:
        organisation = make.organisation("Coming Round")
        for number in range(7):
            make.service(organisation, name=f"Coming round {number}", needs=("creativity",), kinds=("visual-art",))
            make.service(organisation, name=f"Pennywise {number}", needs=("money-debt",), kinds=("debt-advice",))

    def test_what_helps_comes_first_for_a_sentence(self) -> None:
        before, after = (
            list(find(queries.Looking(words=self.SAID))[:14]) for find in (queries.ranked, queries.for_page)
        )
        assert before[0].name.startswith("Coming round")
        assert [each.name.split()[0] for each in after[:7]] == ["Pennywise"] * 7
        assert {each.id for each in before} == {each.id for each in after}

    @pytest.mark.parametrize("per_page", [1, 3, 5, 14, 20])
    def test_every_answer_is_on_one_page(self, per_page: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("linkworks.directory.queries.saying.WEIGHED_MOST", 4)
        found = queries.for_page(queries.Looking(words=self.SAID))
        told = [each.id for at in range(0, len(found), per_page) for each in found[at : at + per_page]]
        assert len(told) == len(set(told)) == len(found) == 14

    @pytest.mark.parametrize("words", ["pennywise", "coming round 3", "skint", ""])
    def test_a_few_words_are_answered_as_ever(self, words: str) -> None:
        looking = queries.Looking(words=words)
        assert [each.id for each in queries.for_page(looking)[:14]] == [
            each.id for each in queries.ranked(looking)[:14]
        ]


class TestReach:
    def test_the_near_are_enough_when_there_are_enough(self) -> None:
        for number in range(3):
            make.service(name=f"Table {number}", **ROW)
        make.service(name="In Bristol", places=(make.place(at=(51.45, -2.59)),), **ROW)
        assert "In Bristol" not in around("lonely", limit=3)
        assert around("lonely", limit=4)[-1] == "In Bristol"

    def test_without_a_postcode_it_is_asked_of_everywhere(self) -> None:
        make.service(name="In Bristol", places=(make.place(at=(51.45, -2.59)),), **ROW)
        assert [each.found.name for each in queries.answers_around(queries.Looking(words="lonely"))] == ["In Bristol"]

    def test_ten_at_most(self) -> None:
        for number in range(12):
            make.service(name=f"Table {number}", **ROW)
        assert len(around("lonely")) == 10


def test_the_number_of_statements_does_not_grow(django_assert_max_num_queries: object) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked() -> int:
        with CaptureQueriesContext(connection) as counted:
            names("skint and lonely")
        return len(counted)

    make.service(name="Table", **ROW)
    before = asked()
    for number in range(9):
        make.service(name=f"Table {number}", **ROW)
    assert asked() == before
