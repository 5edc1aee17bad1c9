"""The hundred sentences: they hold together, they are halved by a fixed rule, and the count of what helps can fail."""

from collections import Counter

import pytest

from bench import sayings
from linkworks.core import vocabulary
from tests.factories import directory as make

SENTENCES = sayings.sentences()


def test_there_are_a_hundred_and_half_have_an_even_number() -> None:
    assert [each["id"] for each in SENTENCES] == list(range(1, 101))
    assert len({each["words"] for each in SENTENCES}) == 100


def test_each_names_one_to_three_of_our_needs_and_together_they_name_all() -> None:
    assert {len(each["needs"]) for each in SENTENCES} <= {1, 2, 3}
    named = Counter(need for each in SENTENCES for need in each["needs"])
    assert set(named) == set(vocabulary.NEEDS)


@pytest.mark.parametrize("remainder", [0, 1])
def test_both_halves_speak_of_most_needs(remainder: int) -> None:
    named = {need for each in SENTENCES if each["id"] % 2 == remainder for need in each["needs"]}
    assert len(named) >= 0.8 * len(vocabulary.NEEDS)


@pytest.mark.usefixtures("everything")
class TestCount:
    """The count says no when nothing helps, and tells the first answer from the third."""

    def asked(self) -> sayings.Heard:
        return sayings.ask({"id": 1, "words": "skint", "needs": ["money-debt"]}, [make.PECKHAM])

    def test_nothing_found_helps_nobody(self) -> None:
        assert self.asked() == sayings.Heard(first=False, three=False)

    def test_what_helps_first(self) -> None:
        make.service(needs=("money-debt",))
        assert self.asked() == sayings.Heard(first=True, three=True)

    def test_what_is_called_so_but_does_not_help_comes_first_and_is_counted_as_wrong(self) -> None:
        make.service(name="Skint", needs=("creativity",), kinds=("music-and-singing",))
        make.service(needs=("money-debt",))
        assert self.asked() == sayings.Heard(first=False, three=True)

    def test_the_share_is_of_all(self) -> None:
        figure = sayings.share("x", [True, False, False, True])
        assert (figure.value, figure.detail) == (0.5, "2 of 4 sentences")
