"""Two people have one record's details open: neither undoes what the other wrote without knowing."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.casework.models import Case, Conversation
from linkworks.people.models import Person
from tests.cast import Cast
from tests.factories import casework as make

SAID = {"given_name": "Jean", "family_name": "Marlow", "language": "en", "postcode": "SE15 5DD"}


@pytest.fixture
def case(cast: Cast) -> Case:
    return make.active(cast)


def version(page: Any) -> str:
    found = re.search(r'name="version" value="(\w+)"', page.content.decode())
    assert found
    return found[1]


def save(client: Client, case: Case, seen: str, **said: str) -> Any:
    return client.post(reverse("casework:details", args=[case.pk]), {**SAID, "version": seen, **said})


def test_the_second_is_told_keeps_what_they_typed_and_may_save_again(cast: Cast, case: Case) -> None:
    amara, ruth = cast.client(cast.link_worker), cast.client(cast.manager)
    page = reverse("casework:details", args=[case.pk])
    hers, his = version(amara.get(page)), version(ruth.get(page))
    assert save(amara, case, hers, chosen_name="Jeannie").status_code == 302
    refused = save(ruth, case, his, pronouns="they/them")
    assert refused.status_code == 400
    assert "A colleague changed these details" in refused.content.decode()
    assert "they/them" in refused.content.decode()
    assert Person.objects.get(pk=case.person_id).chosen_name == "Jeannie"
    assert save(ruth, case, version(refused), pronouns="they/them", chosen_name="Jeannie").status_code == 302
    person = Person.objects.get(pk=case.person_id)
    assert (person.chosen_name, person.pronouns) == ("Jeannie", "they/them")


def test_a_mistake_of_ones_own_does_not_hide_what_a_colleague_changed(cast: Cast, case: Case) -> None:
    amara, ruth = cast.client(cast.link_worker), cast.client(cast.manager)
    his = version(ruth.get(reverse("casework:details", args=[case.pk])))
    save(amara, case, his, chosen_name="Jeannie")
    mistaken = save(ruth, case, his, given_name="")
    assert version(mistaken) == his
    assert save(ruth, case, version(mistaken)).status_code == 400


def test_twice_in_a_row_by_the_same_hand_is_no_conflict(cast: Cast, case: Case) -> None:
    amara = cast.client(cast.link_worker)
    for name in ("Jeannie", "Jen"):
        seen = version(amara.get(reverse("casework:details", args=[case.pk])))
        assert save(amara, case, seen, chosen_name=name).status_code == 302


def test_the_second_reads_what_the_record_says_now_in_every_answer_that_differs(cast: Cast, case: Case) -> None:
    amara, ruth = cast.client(cast.link_worker), cast.client(cast.manager)
    page = reverse("casework:details", args=[case.pk])
    hers, his = version(amara.get(page)), version(ruth.get(page))
    answers = {"needs_interpreter": "on", "language": "so", "access_needs": "step-free", "emergency_contact": "Her son"}
    assert save(amara, case, hers, **answers).status_code == 302
    refused = save(ruth, case, his, postcode="SE15 4AA").content.decode()
    told = refused.split("What the record says now", 1)[1].split("<form", 1)[0]
    for question, kept in (("Needs an interpreter", "Yes"), ("Language", "Somali"), ("Emergency contact", "Her son"),
                           ("Postcode", "SE15 5DD"), ("Access needs", "tep")):  # fmt: skip
        assert question in told and kept in told
    assert "Last name" not in told  # both say the same
    assert "What the record says now" not in ruth.get(page).content.decode()


TALK = {
    "what_matters": "I want my choir back.", "strengths": "She sings.", "complexity": "2",
    "held_on_day": "5", "held_on_month": "1", "held_on_year": "2026",
}  # fmt: skip


class TestTheFirstConversation:
    def open_(self, client: Client, case: Case) -> str:
        return version(client.get(reverse("casework:conversation", args=[case.pk])))

    def save(self, client: Client, case: Case, seen: str, **said: str) -> Any:
        return client.post(reverse("casework:conversation", args=[case.pk]), {**TALK, "version": seen, **said})

    @pytest.mark.parametrize("stage", [make.allocated, make.active])
    def test_the_second_reads_what_the_first_wrote_and_puts_the_two_together(self, cast: Cast, stage: Any) -> None:
        case = stage(cast)
        amara, ruth = cast.client(cast.link_worker), cast.client(cast.manager)
        hers, his = self.open_(amara, case), self.open_(ruth, case)
        assert self.save(amara, case, hers, interests="Whist on Fridays").status_code == 302
        refused = self.save(ruth, case, his, what_matters="To see her sister")
        said = refused.content.decode()
        assert refused.status_code == 400 and "A colleague wrote down this conversation" in said
        assert "Whist on Fridays" in said and "To see her sister" in said
        assert Conversation.objects.get(case=case).interests == "Whist on Fridays"
        again = self.save(ruth, case, version(refused), what_matters="To see her sister", interests="Whist on Fridays")
        assert again.status_code == 302
        assert Conversation.objects.get(case=case).what_matters == "To see her sister"

    def test_whoever_mends_a_word_did_not_hold_it(self, cast: Cast) -> None:
        case, ruth = make.active(cast), cast.client(cast.manager)
        assert self.save(ruth, case, self.open_(ruth, case)).status_code == 302
        assert Conversation.objects.get(case=case).made_by_name == cast.link_worker.name

    def test_a_mistake_of_ones_own_shows_nothing_of_a_colleague(self, cast: Cast) -> None:
        case, amara = make.active(cast), cast.client(cast.link_worker)
        mistaken = self.save(amara, case, self.open_(amara, case), what_matters="")
        assert mistaken.status_code == 400 and "What is written down now" not in mistaken.content.decode()
