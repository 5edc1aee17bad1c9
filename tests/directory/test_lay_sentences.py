"""The sentences people say: they hold together, they are halved by a fixed rule, and the count of what helps can fail."""

import pytest
import yaml

from bench import sayings
from linkworks.core import vocabulary
from linkworks.directory.rules import lay
from tests.factories import directory as make

LISTS = {sayings.FIRST_LIST: 100, sayings.SECOND_LIST: 120, sayings.THIRD_LIST: 350}
UNTOUCHED = [part for part in sayings.PARTS if "untouched" in part]


@pytest.mark.parametrize(("file", "number"), LISTS.items())
def test_each_list_is_whole(file: str, number: int) -> None:
    listed = sayings.listed(file)
    assert [each["id"] for each in listed] == list(range(1, number + 1))
    assert len({each["words"] for each in listed}) == number


@pytest.mark.parametrize("file", LISTS)
def test_each_names_one_to_three_of_our_needs_and_together_they_name_all(file: str) -> None:
    assert {len(each["needs"]) for each in sayings.listed(file)} <= {1, 2, 3}
    assert {need for each in sayings.listed(file) for need in each["needs"]} == set(vocabulary.NEEDS)


def test_no_sentence_is_in_two_parts_and_none_is_left_out() -> None:
    said = [each["words"] for part in sayings.PARTS for each in sayings.sentences(part)]
    assert len(said) == len(set(said)) == sum(LISTS.values())


@pytest.mark.parametrize("part", sayings.PARTS)
def test_each_part_speaks_of_most_needs(part: str) -> None:
    named = {need for each in sayings.sentences(part) for need in each["needs"]}
    assert len(named) >= 0.8 * len(vocabulary.NEEDS)


@pytest.mark.parametrize(("part", "other"), [("tuned", "untouched"), ("second-tuned", "second-untouched")])
def test_both_halves_of_the_first_lists_are_as_long(part: str, other: str) -> None:
    assert len(sayings.sentences(part)) == len(sayings.sentences(other))


@pytest.mark.parametrize("part", UNTOUCHED)
def test_no_untouched_sentence_stands_in_the_list_that_it_tests(part: str) -> None:
    said = {
        " ".join(lay.said_words(each)) for each in lay.written(yaml.safe_load(lay.FILE.read_text(encoding="utf-8")))
    }
    assert not said & {" ".join(lay.said_words(each["words"])) for each in sayings.sentences(part)}


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
