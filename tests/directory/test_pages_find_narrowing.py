"""Looking among what was found: every link leads to as many as it says, and works without a script."""

import re
from html import unescape
from random import Random
from typing import Any

import pytest
from django.test import Client

from linkworks.core import vocabulary
from linkworks.directory import queries
from linkworks.directory.models import Service
from linkworks.directory.queries import relaxing
from tests.factories import directory as make
from tests.factories import many_services as many

pytestmark = pytest.mark.django_db
FIND = "/find"
LINK = re.compile(r'<li><a class="nhsuk-link" href="(\?[^"]*)">([^<]+)</a> \(([\d,]+)\)</li>')
COUNT = re.compile(r'<h2 class="nhsuk-heading-m">([\d,]+) services?')


@pytest.fixture(autouse=True)
def _listed(everything: None) -> None:
    make.postcode()
    many.write(Random(5), make.organisation(), 150, spread=0.08)
    Service.objects.update(is_published=True, status="active", offered_until=None)


def shown(client: Client, address: str) -> str:
    answer = client.get(f"{FIND}{address}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def total(page: str) -> int:
    found = COUNT.search(page)
    return int(found[1].replace(",", "")) if found else 0


ASKED = ["?category=connected", "?postcode=SE15+5DD&distance=10", "?need=housing&distance=", "?q=tea&language=bn"]


@pytest.mark.parametrize("asked", ASKED)
def test_each_link_leads_to_as_many_as_it_says(client: Client, asked: str) -> None:
    links = LINK.findall(shown(client, asked))
    assert len(links) > 8 or total(shown(client, asked)) <= 20
    for href, words, count in links[::3]:
        assert (words, total(shown(client, href))) == (words, int(count.replace(",", "")))


def test_groups_are_named_and_a_choice_can_be_taken_back(client: Client) -> None:
    page = shown(client, "?category=connected")
    for heading in ("What would help", "When", "Cost", "Access", "Language"):
        assert f">{heading}</h3>" in page
    assert ">Kind of support</h3>" not in page, "it is chosen already"
    free = shown(client, "?category=connected&free=yes&day=TU")
    assert "<strong>Free</strong>" in free and "<strong>Tuesday</strong>" in free
    back = re.search(r'href="([^"]*)">remove<span class="nhsuk-u-visually-hidden"> Free', free)
    assert back is not None
    assert (back[1], total(free) < total(shown(client, back[1]))) == ("?category=connected&day=TU", True)


def test_a_choice_stays_when_the_form_is_sent_again_and_when_a_page_is_turned(client: Client) -> None:
    page = shown(client, "?category=connected&free=yes")
    assert '<input type="hidden" name="free" value="yes"' in page
    assert all("free=yes" in href for href, _, _ in LINK.findall(page))


@pytest.mark.parametrize("nonsense", ["free=maybe", "day=XX", "access=wings", "language=klingon", "day=TU-evening"])
def test_what_nobody_could_choose_is_no_choice(client: Client, nonsense: str) -> None:
    assert total(shown(client, f"?category=connected&{nonsense}")) == total(shown(client, "?category=connected"))


def test_when_little_answers_each_thing_left_out_says_how_much_more(client: Client) -> None:
    for number in range(4):
        make.service(name=f"Glassblowing {number}", needs=("creativity",), languages=("so",))
    asked = "?q=glassblowing&postcode=SE15+5DD&language=bn&free=yes&distance=3"
    page = shown(client, asked)
    assert "One thing left out, there is more:" in page
    for words, href in re.findall(r'<li><a class="nhsuk-link" href="([^"]*)">([^<]*: \d+ services?)</a>', page):
        assert int(re.findall(r": (\d+) service", href)[0]) == total(shown(client, words))
    assert "One thing left out" not in shown(client, "?category=connected"), "enough is found"


LOOKING: dict[str, Any] = {
    "needs": ("housing",), "words": "tea", "category": "connected", "kinds": ("lunch-club", "peer-support"),
    "access_needs": ("step-free",), "languages": ("bn",),
    "times": ("TU",), "place_kinds": ("health",), "advice_levels": ("casework",), "course_levels": ("entry",),
    "is_free": True, "is_open": True, "near": make.PECKHAM, "within_km": 0.5,
}  # fmt: skip


@pytest.mark.parametrize("left_out", relaxing.WITHOUT)
def test_one_thing_is_left_out_at_a_time(left_out: str) -> None:
    whole = queries.Looking(**LOOKING)
    for name, without in relaxing.WITHOUT.items():
        changed = {key for key, value in {**LOOKING, **without}.items() if value != LOOKING[key]}
        assert len(changed) == 1, name
    answers = queries.ranked(whole)
    assert len(answers) < relaxing.FEW
    more = queries.relaxed(whole, answers)
    counted = len(queries.ranked(queries.Looking(**{**LOOKING, **relaxing.WITHOUT[left_out]})))
    assert more.get(left_out, 0) == (counted if counted > len(answers) else 0)


def test_the_whole_directory_is_never_offered() -> None:
    nothing, enough = queries.Looking(words="xyzzy"), queries.Looking(needs=("housing",))
    assert queries.relaxed(nothing, queries.ranked(nothing)) == {}
    assert queries.relaxed(enough, queries.ranked(enough)) == {}


@pytest.mark.parametrize(("listed", "is_offered"), [(5, False), (6, True), (20, True)])
def test_what_one_sees_at_a_glance_is_not_narrowed(client: Client, listed: int, is_offered: bool) -> None:
    kept = Service.objects.order_by("id").values("id")[:listed]
    Service.objects.exclude(id__in=list(kept.values_list("id", flat=True))).update(is_published=False)
    category = next(iter(vocabulary.CATEGORIES))
    Service.objects.update(categories=[category])
    page = shown(client, f"?category={category}")
    assert total(page) == listed
    assert (f"Narrow these {listed} services" in page) is is_offered
