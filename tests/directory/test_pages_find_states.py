"""Every state of the finding page: what it says when little, much, nothing or nonsense is asked."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.core import vocabulary
from linkworks.core.clock import today
from linkworks.directory.forms import finding as forms
from linkworks.directory.rules.places import KM_IN_A_MILE
from tests.cast import Cast
from tests.factories import directory as make

pytestmark = pytest.mark.django_db
FIND = reverse("directory:find")
HERE = {"postcode": "SE15 5DD"}
LATELY = today() - timedelta(days=21)


@pytest.fixture(autouse=True)
def _near(everything: None) -> None:
    make.postcode()


def page(client: Client, **asked: str) -> str:
    answer = client.get(FIND, asked)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def names(shown: str) -> list[str]:
    return re.findall(r'href="/services/[^"]+">([^<]+)</a>', shown)


def test_each_distance_is_offered_once_and_grows() -> None:
    values, labels = zip(*forms.DISTANCES, strict=True)
    assert len(set(values)) == len(set(labels)) == len(values)
    assert [float(each) for each in values] == sorted(float(each) for each in values)
    assert forms.USUAL_DISTANCE in values
    assert all(label == f"Within {value} mile{'' if value == '1' else 's'}" for value, label in forms.DISTANCES)


def test_each_choice_is_offered_once_on_the_page(client: Client) -> None:
    shown = page(client)
    for name in ("distance", "need", "category"):
        choices = re.search(rf'<select[^>]*name="{name}".*?</select>', shown, re.DOTALL)
        assert choices is not None
        labels = re.findall(r"<option[^>]*>\s*([^<]+?)\s*</option>", choices[0])
        assert len(labels) == len(set(labels)) > 4
        assert choices[0].count("selected") == 1, "what will be asked is what is shown"


@pytest.mark.parametrize("miles", ["1", "3", "5", "10", "25"])
def test_the_distance_that_is_said_is_the_distance_that_is_kept(client: Client, miles: str) -> None:
    """A service just inside is found and one just outside is not, to the north of the postcode."""
    degrees = float(miles) * KM_IN_A_MILE / 111.2
    for name, share in (("Inside", 0.97), ("Outside", 1.03)):
        make.service(name=name, places=(make.place(at=(make.PECKHAM[0] + degrees * share, make.PECKHAM[1])),))
    shown = page(client, need="loneliness", distance=miles, **HERE)
    assert names(shown) == ["Inside"]
    assert f"1 service within {miles} mile{'' if miles == '1' else 's'} of SE15 5DD" in shown


@pytest.mark.parametrize("typed", ["SE15 5DD", "se155dd", " se15  5dd ", "SE155DD", "sE15 5dD"])
def test_a_postcode_may_be_typed_in_any_way(client: Client, typed: str) -> None:
    make.service()
    assert "1 service within 3 miles of SE15 5DD" in page(client, postcode=typed)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("M1 1AE", "We do not know that postcode"),
        ("EH1 1YZ", "We do not know that postcode"),
        ("SE15", "Enter a full UK postcode"),
        ("12345", "Enter a full UK postcode"),
        ("Peckham", "Enter a full UK postcode"),
        ("SE15 5DD; DROP", "Enter a full UK postcode"),
        ("<script>", "Enter a full UK postcode"),
        ("😀", "Enter a full UK postcode"),
    ],
)
def test_a_postcode_from_elsewhere_or_no_postcode_is_said_and_kept_and_nothing_is_shown(
    client: Client, typed: str, said: str
) -> None:
    make.service()
    shown = page(client, q="lunch", postcode=typed)
    assert said in shown
    assert f'value="{typed}"' in shown
    assert 'value="lunch"' in shown
    assert "Tuesday lunch club" not in shown, "what is far away is not shown as if it were near"
    assert "To look in all of London, leave it empty" in shown


def test_only_a_bad_postcode_shows_nothing_and_says_why(client: Client) -> None:
    make.service()
    shown = page(client, postcode="M1 1AE")
    assert "We do not know that postcode" in shown
    assert "Tuesday lunch club" not in shown
    assert "Or start from what you would like" not in shown


def test_words_with_no_result_say_what_to_do_next(client: Client) -> None:
    make.service()
    for words in ("quidditch", "zzz zzz", "!!!", "the of and", "\u202e\u200b", "😀", "%%%", "a" * 200):
        shown = page(client, q=words, **HERE)
        assert "Nothing fits all of that yet" in shown, words
        for way in ("longer distance", "use fewer words", "Any kind", "ask for a link worker", "999"):
            assert way in shown
        assert names(shown) == []


def test_staff_are_not_sent_to_refer_themselves(cast: Cast) -> None:
    for who in (cast.link_worker, cast.steward):
        shown = cast.client(who).get(FIND, {"q": "quidditch"}).content.decode()
        assert "Nothing fits" in shown
        assert "/self-refer" not in shown


def test_words_that_are_too_long_are_said_and_kept(client: Client) -> None:
    words = "lunch " * 60
    shown = page(client, q=words)
    assert "Error: " in shown
    assert words.strip() in shown


class TestPaging:
    @pytest.fixture(autouse=True)
    def _lunches(self, _near: None) -> None:
        organisation = make.organisation()
        for number in range(22):
            make.service(organisation, name=f"Lunch {number:02}", sessions=(), costs=())

    def test_pages_hold_twenty_each_and_every_service_once_and_keep_the_question(self, client: Client) -> None:
        self.hold_twenty_each(client)
        self.give_one_that_is_there(client)
        self.keep_the_question(client)

    def hold_twenty_each(self, client: Client) -> None:
        first, second = page(client, q="lunch"), page(client, q="lunch", page="2")
        assert (len(names(first)), len(names(second))) == (20, 2)
        assert sorted(names(first) + names(second)) == [f"Lunch {number:02}" for number in range(22)]
        assert "Showing 1 to 20" in first
        assert "22 services for “lunch”" in first
        assert "22 services for “lunch”" in second

    def give_one_that_is_there(self, client: Client) -> None:
        for asked, first in (("99", 21), ("abc", 1), ("2.5", 1), ("", 1)):
            assert f"Showing {first} to " in page(client, q="lunch", page=asked)

    def keep_the_question(self, client: Client) -> None:
        shown = page(client, q="lunch & tea", need="loneliness", distance="5", **HERE)
        link = re.search(r'href="(\?[^"]*page=2[^"]*)"', shown)
        assert link is not None
        for kept in ("q=lunch+%26+tea", "need=loneliness", "distance=5", "postcode=SE15+5DD"):
            assert kept in link[1]
        assert len(names(unescape(client.get(FIND + link[1]).content.decode()))) == 2


class TestMany:
    """However many there are, the count is true and the best are the first."""

    def test_the_count_is_exact(self, client: Client) -> None:
        organisation = make.organisation()
        for number in range(45):
            make.service(organisation, name=f"Lunch {number:02}", sessions=(), costs=())
        shown = page(client, q="lunch", **HERE)
        assert "45 services for “lunch” within 3 miles of SE15 5DD" in shown
        assert len(names(shown)) == 20
        assert names(unescape(client.get(f"{FIND}?q=lunch&postcode=SE15+5DD&page=3").content.decode())) == [
            f"Lunch {number}" for number in range(40, 45)
        ]


def test_each_kind_of_support_on_the_first_page_leads_to_its_services(client: Client) -> None:
    organisation, expected = make.organisation(), {}
    for kind in vocabulary.KINDS:
        make.service(organisation, name=f"A {kind} group", kinds=(kind,), needs=(), places=(), sessions=(), costs=())
    for category in vocabulary.CATEGORIES:
        kinds = (kind for kind in vocabulary.KINDS if category in vocabulary.categories_of([kind]))
        expected[category] = {f"A {kind} group" for kind in kinds}
    links = re.findall(r'href="([^"]*category=[^"]+)"', page(client))
    assert [link.rpartition("=")[2] for link in links] == list(vocabulary.CATEGORIES)
    for link in links:
        found = [names(unescape(client.get(f"{link}&page={number}").content.decode())) for number in (1, 2)]
        assert {*found[0], *found[1]} == expected[link.rpartition("=")[2]]


def test_each_need_that_is_offered_finds_what_helps_with_it_and_says_so(client: Client) -> None:
    organisation = make.organisation()
    for need in vocabulary.NEEDS:
        make.service(organisation, name=f"For {need}", needs=(need,), kinds=(), places=(), sessions=(), costs=())
    for need, word in vocabulary.NEEDS.items():
        shown = page(client, need=need)
        assert names(shown) == [f"For {need}"]
        assert f"Helps with {word.short}" in shown


@pytest.mark.parametrize(
    ("facts", "said", "unsaid"),
    [
        ({"capacity_places": 4, "places_taken": 4}, ["Full"], ["Has room", "places free"]),
        ({"capacity_places": 4, "places_taken": 3}, ["Has room", "1 place free"], ["Full"]),
        ({"wait_weeks": 6}, ["About 6 weeks' wait"], ["Full", "Has room"]),
        ({"costs": ()}, [], ["£"]),
        (
            {"verified_on": LATELY, "verified_by": "Ines"},
            [f"Checked by Ines in {LATELY:%B %Y}"],
            ["ask before you go"],
        ),
        ({}, ["Not checked yet: ask before you go", "£3.50 per lunch"], []),
    ],
)
def test_a_card_says_what_is_known_and_no_more(
    client: Client, facts: dict[str, object], said: list[str], unsaid: list[str]
) -> None:
    make.service(**facts)
    cards = page(client, q="lunch").split("app-result-count")[1]
    for words in said:
        assert words in cards
    for words in unsaid:
        assert words not in cards


def test_a_hidden_place_is_not_given_away_by_finding_it(client: Client) -> None:
    make.service(name="Quiet house", places=(make.place(is_address_hidden=True, description="Green door"),))
    shown = page(client, need="loneliness", **HERE)
    assert names(shown) == ["Quiet house"]
    for secret in ("Choumert", "Old Bakery", "Green door", "less than 200 yards"):
        assert secret not in shown.split("app-result-count")[1]
    assert names(page(client, q="choumert")) == names(page(client, q="bakery")) == []
