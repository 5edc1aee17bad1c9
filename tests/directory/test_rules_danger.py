"""What says that a life may be at risk is heard however it is said; what only sounds like it is not."""

import pytest

from linkworks.directory.rules import lay

SAID = [each for some in lay.reviewed()[lay.DANGER].values() for each in some]


@pytest.mark.parametrize("said", SAID)
def test_each_listed_saying_is_heard(said: str) -> None:
    assert lay.heard(f"hello, {said}, please").is_danger


@pytest.mark.parametrize(
    "said",
    [
        "I want to die",
        "my son says he wants to kill himself",
        "I wish I could go to sleep and not wake up",
        "she has been cutting herself again",
        "everybody would be better off without me",
        "I'm suisidal",
        "he says he'll kill me if I go",
        "he put his hands round her throat",
        "I am not suicidal but I don't want to be here",
        "I'm not suicidal",
    ],
)
def test_it_is_heard_of_oneself_and_of_another_with_slips_and_denied(said: str) -> None:
    assert lay.heard(said).is_danger


@pytest.mark.parametrize(
    "said",
    [
        "",
        "my back is killing me",
        "someone to talk to since he died",
        "our dog died",
        "mum will kill me if she knows I asked",
        "I cut myself off from my friends",
        "can't go on the bus",
        "end of life care",
        "dieting",
        "die cast models",
        "deadline for the form",
        "throat clinic",
        "knife skills cooking class",
        "I fell and hurt myself",
        "sick of living with the mould",
        "can't live like this, the roof leaks",
    ],
)
def test_what_only_sounds_like_it_is_not_heard(said: str) -> None:
    assert not lay.heard(said).is_danger


def test_it_takes_nothing_from_what_else_was_said() -> None:
    """Who wants to die of loneliness and debt is still lonely and in debt."""
    needs = lay.heard("I want to die, bailiffs at the door and nobody to talk to").needs
    assert {"money-debt", "loneliness"} <= set(needs)
