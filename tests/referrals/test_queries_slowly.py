"""The queries of referrals against the slow and obvious way to say the same."""

from datetime import date, timedelta
from typing import Any

import pytest

from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.people.queries import opened_until
from linkworks.people.states import Restriction
from linkworks.referrals import access, queries
from linkworks.referrals.models import Referral
from tests.cast import Cast
from tests.factories.people import name, opened, person
from tests.factories.referrals import stored

EVERYBODY = [
    "link_worker", "colleague", "manager", "safeguarding_lead", "signposter", "referrer", "referring_colleague",
    "other_referrer", "outsider", "outside_manager", "steward", "administrator", "commissioner",
    "provider_coordinator", "session_leader",
]  # fmt: skip
TEAM = ("link_worker", "colleague", "manager", "safeguarding_lead")
PEOPLE: list[dict[str, Any]] = [
    {"given_name": "Jean", "family_name": "Marlow", "postcode": "SE15 5DD", "born_on": date(1951, 6, 3)},
    {"given_name": "JEAN", "family_name": "marlow", "postcode": "SE15 5DD", "born_on": None},
    {"given_name": "Jean-Paul", "family_name": "O'Neill", "postcode": "SE1 2AB", "born_on": date(1980, 1, 31)},
    {"given_name": "Şule", "family_name": "Yıldız", "postcode": "", "born_on": date(1951, 6, 3)},
    {"given_name": "Ana", "family_name": "", "chosen_name": "Marlow", "postcode": "N1 9GU", "born_on": None},
    {"given_name": "100%", "family_name": "_under_", "postcode": "SE15 5DD", "born_on": date(2000, 2, 29)},
]


@pytest.fixture
def many(cast: Cast) -> list[Referral]:
    """Everybody at both schemes, from both practices and the scheme itself, at every state and level."""
    made = []
    senders = [cast.practice.id, cast.other_practice.id, cast.host.id, None]
    for number, facts in enumerate(PEOPLE * 4):
        scheme = cast.scheme if number % 3 else cast.other_scheme
        state = ["sent", "accepted", "declined", "withdrawn", "redirected"][number % 5]
        decided = {"decline_reason": "duplicate"} if state == "declined" else {}
        if state == "accepted":
            decided["person"] = person(scheme.id, restriction=list(Restriction)[number // 5 % 3])
        sent_at = clock.now() - timedelta(hours=number * 7 % 24)
        made.append(
            stored(
                scheme.id, from_organisation_id=senders[number % 4], state=state, sent_at=sent_at, **facts, **decided
            )
        )
    kept_close = [each.person for each in made if each.person_id and each.person.restriction != "normal"]
    for each in kept_close[::2]:
        name(each, cast.colleague)
        opened(each, cast.colleague)
    return made


def may_see(cast: Cast, who: str, referral: Referral) -> bool:
    """In plain words: one's own organisation's, or in one's team's inbox and of nobody kept from one."""
    actor = cast.actor(getattr(cast, who))
    sends = who in ("referrer", "referring_colleague", "other_referrer", "signposter")
    if sends and referral.from_organisation_id in actor.organisations:
        return True
    if who not in (*TEAM, "outsider", "outside_manager") or referral.scheme_id not in actor.schemes:
        return False
    return referral.person is None or knows(actor, who, referral.person)


def knows(actor: Actor, who: str, somebody: Any) -> bool:
    if somebody.restriction == "protected":
        return who == "safeguarding_lead" or opened_until(somebody.id, actor) is not None
    named = {each.user_id for each in somebody.named_readers.all()}
    return somebody.restriction == "normal" or actor.user_id in named


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_sees_which(cast: Cast, many: list[Referral], who: str) -> None:
    actor = cast.actor(getattr(cast, who))
    seen = set(access.visible_referrals(actor).values_list("id", flat=True))
    assert seen == {each.id for each in many if may_see(cast, who, each)}


def fits(referral: Referral, words: str) -> bool:
    """Every word is somewhere in the names, the reference, or at the start of the postcode."""
    for word in words.lower().split():
        names = f"{referral.given_name}\n{referral.family_name}\n{referral.chosen_name}".lower()
        if not (word in names or referral.postcode.lower().startswith(word) or word.upper() in referral.reference[2:]):
            return False
    return True


@pytest.mark.parametrize(
    "words",
    [
        "",
        "jean",
        "JEAN marlow",
        "marlow jean",
        "se15",
        "SE1",
        "o'neill",
        "%",
        "_",
        "yıldız",
        "nobody",
        "jean jean",
        "  ",
    ],
)
def test_search(cast: Cast, many: list[Referral], words: str) -> None:
    found = set(queries.matching(Referral.objects.all(), words).values_list("id", flat=True))
    assert found == {each.id for each in many if fits(each, words)}


@pytest.mark.parametrize("typed", ["3/6/1951", "03.06.1951", "3 6 1951", "29/2/2000", "1/1/1900"])
def test_search_by_the_day_they_were_born(cast: Cast, many: list[Referral], typed: str) -> None:
    day, month, year = (int(each) for each in typed.replace(".", "/").replace(" ", "/").split("/"))
    found = set(queries.matching(Referral.objects.all(), typed).values_list("id", flat=True))
    assert found == {each.id for each in many if each.born_on == date(year, month, day)}


@pytest.mark.parametrize("state", ["", "sent", "accepted", "declined", "withdrawn", "redirected"])
@pytest.mark.parametrize("who", ["colleague", "manager", "safeguarding_lead", "outsider"])
def test_the_inbox_is_in_order_and_complete(cast: Cast, many: list[Referral], who: str, state: str) -> None:
    actor = cast.actor(getattr(cast, who))
    mine = [each for each in many if may_see(cast, who, each) and (not state or each.state == state)]
    expected = [each.id for each in sorted(mine, key=lambda each: (each.sent_at, each.id))]
    assert [each.id for each in queries.inbox(actor, state)] == expected


@pytest.mark.parametrize("who", ["referrer", "other_referrer", "signposter", "link_worker"])
def test_ones_own_are_in_order_and_complete(cast: Cast, many: list[Referral], who: str) -> None:
    actor = cast.actor(getattr(cast, who))
    mine = [each for each in many if each.from_organisation_id in actor.organisations and who != "link_worker"]
    assert {each.id for each in queries.own(actor)} == {each.id for each in mine}
    moments = [each.sent_at for each in queries.own(actor)]
    assert moments == sorted(moments, reverse=True)
    assert {each.id for each in queries.own(actor, "no such state")} == {each.id for each in mine}


def test_people_referred_before_are_each_there_once(cast: Cast, many: list[Referral]) -> None:
    actor = cast.actor(cast.referrer)
    found = queries.earlier_people(actor, "e")
    who = [(each.given_name.casefold(), each.family_name.casefold(), each.born_on) for each in found]
    assert len(who) == len(set(who)) <= queries.MOST_EARLIER
    for each in found:
        alike = [
            other.sent_at for other in queries.own(actor, words="e")
            if (other.given_name.casefold(), other.family_name.casefold(), other.born_on)
            == (each.given_name.casefold(), each.family_name.casefold(), each.born_on)
        ]  # fmt: skip
        assert each.sent_at == max(alike)


def test_what_is_still_open_is_of_the_same_person_and_ones_own(cast: Cast, many: list[Referral]) -> None:
    actor = cast.actor(cast.referrer)
    for facts in PEOPLE:
        wanted = {each: facts[each] for each in ("given_name", "family_name", "born_on")}
        for each in queries.still_open(actor, **wanted):
            assert each.from_organisation_id == cast.practice.id
            assert each.state in queries.OPEN
            assert each.given_name.casefold() == facts["given_name"].casefold()
            assert None in (facts["born_on"], each.born_on) or each.born_on == facts["born_on"]
