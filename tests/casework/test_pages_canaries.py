"""What must stay inside: said once in a record, then looked for everywhere it must not be."""

from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse

from linkworks.casework import actions, queries
from linkworks.casework.models import Case
from linkworks.casework.rules.facts import ConversationFacts, UnmetFacts
from linkworks.connections import actions as connections
from linkworks.connections.models import Connection
from linkworks.core.actor import Actor
from linkworks.messaging.models import Message
from linkworks.people.actions import restrict
from linkworks.people.models import Person
from linkworks.providers.urls import urlpatterns as providers
from tests.casework.everything import WITH_ID
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do
from tests.factories.connections import make_link

# Where it was said: a word that is nowhere else.
SECRETS = {
    "concern": "Zephyrine",
    "what was done": "Quillfeather",
    "note": "Marzipanny",
    "what matters": "Umbrellavine",
    "strengths": "Thistledownish",
    "people around": "Pomegranatty",
    "gap": "Wobblethorpe",
    "address": "Snickerdoodle Row",
    "nhs": "943 476 5919",
    "anything to know": "Hobgoblinly",
    "their words": "Lamplighterish",
    "hand-over": "Nettlesomeness",
    "unsafe": "07700 900999",
    "emergency": "Brambleworthy",
}
NHS_PLAIN = "9434765919"


@pytest.fixture
def told(cast: Cast, worker: Actor, lead: Actor) -> tuple[Case, Connection]:
    """A case in which every secret was written down, connected to a group that said yes."""
    sender = {"anything_to_know": SECRETS["anything to know"], "in_their_words": SECRETS["their words"]}
    case, goal, _ = make.planned(cast, nhs_number=NHS_PLAIN, address=SECRETS["address"], **sender)
    talk = ConversationFacts(
        what_matters=SECRETS["what matters"], strengths=SECRETS["strengths"], held_on=make.clock.today(),
        people_around=SECRETS["people around"],
    )  # fmt: skip
    do(worker, actions.hold_conversation, case, facts=talk)
    do(worker, actions.record_contact, case, facts=make.spoke(note=SECRETS["note"]))
    do(worker, actions.record_unmet_need, case, facts=UnmetFacts("loneliness", "too-far", SECRETS["gap"]))
    do(worker, actions.set_channel, case, kind="text", value=SECRETS["unsafe"], is_safe=False)
    do(worker, actions.change_details, case, changes={"emergency_contact": SECRETS["emergency"]})
    concern = make.concern(cast, case, what_happened=SECRETS["concern"])
    do(lead, actions.acknowledge_concern, concern)
    do(lead, actions.close_concern, concern, what_was_done=SECRETS["what was done"])
    place = make.service(cast)
    connection = do(worker, actions.connect, goal, service_id=place.pk, sharing=make.SHARED)
    do(cast.actor(cast.provider_coordinator), connections.accept, connection)
    return make.fresh(case), Connection.objects.get(pk=connection.pk)


def leaked(text: str, *but: str) -> list[str]:
    words = {**SECRETS, "nhs number": NHS_PLAIN, "unsafe, packed": SECRETS["unsafe"].replace(" ", "")}
    return [name for name, word in words.items() if name not in but and word in text]


def pages(client: Any, *addresses: str) -> str:
    found = [client.get(address) for address in addresses]
    assert {each.status_code for each in found} == {200}
    return "".join(each.content.decode() for each in found)


def test_the_words_are_there_for_those_who_work_with_them(cast: Cast, told: tuple[Case, Connection]) -> None:
    """So that the other tests look for what can be found."""
    case, _ = told
    address = reverse("casework:case", args=[case.pk])
    seen = pages(cast.client(cast.link_worker), address)
    assert set(leaked(seen)) >= {"note", "what matters", "strengths", "gap", "address", "unsafe", "their words"}
    assert "concern" not in leaked(seen, "note"), "the worker's page says that there is one, not what"


def test_none_on_the_pages_of_the_group(cast: Cast, told: tuple[Case, Connection]) -> None:
    _, connection = told
    client = cast.client(cast.provider_coordinator)
    about = [each.name for each in providers if list(each.pattern.converters) == ["connection_id"]]
    assert about
    addresses = [reverse(f"providers:{name}", args=[connection.pk]) for name in about]
    found = [
        client.get(address) for address in (reverse("providers:inbox"), reverse("providers:registers"), *addresses)
    ]
    assert [each.status_code for each in found].count(200) > 3
    assert not leaked("".join(each.content.decode() for each in found))


def test_none_on_the_page_behind_the_link(cast: Cast, told: tuple[Case, Connection]) -> None:
    _, connection = told
    token, _ = make_link(connection)
    assert not leaked(pages(cast.client(), reverse("providers:link", args=[token])))


def test_none_in_any_message(cast: Cast, told: tuple[Case, Connection], worker: Actor, job: Actor) -> None:
    case, connection = told
    do(job, actions.follow_connection, connection.pk)
    do(worker, actions.hand_over, case, worker_id=cast.colleague.pk, note=SECRETS["hand-over"])
    do(job, actions.tell_allocated, case.pk)
    for concern in case.concerns.all():
        do(job, actions.tell_concern, concern.pk)
    written = Message.objects.all()
    assert written
    for message in written:
        assert not leaked(f"{message.subject} {message.body} {message.link} {message.why}"), message.template
        assert message.address.replace(" ", "") != SECRETS["unsafe"].replace(" ", "")


def test_none_in_the_spreadsheet_and_none_of_what_is_safeguarding_on_paper(
    cast: Cast, told: tuple[Case, Connection]
) -> None:
    case, _ = told
    client = cast.client(cast.manager)
    assert not leaked(client.get(reverse("casework:caseload"), {"format": "csv"}).content.decode())
    for size in ("", "large"):
        sheet = client.get(reverse("casework:plan-print", args=[case.pk]), {"size": size}).content.decode()
        assert leaked(sheet) == ["what matters", "strengths"]


def test_what_is_copied_on_to_the_connection_is_what_was_agreed(told: tuple[Case, Connection]) -> None:
    _, connection = told
    kept = " ".join(str(getattr(connection, each.attname)) for each in connection._meta.concrete_fields)
    assert not leaked(kept)
    assert "Marlow" not in kept, "the name shared is the one they chose"


def test_the_referrer_reads_what_they_wrote_and_nothing_more(cast: Cast, told: tuple[Case, Connection]) -> None:
    case, _ = told
    client = cast.client(cast.referrer)
    addresses = [reverse("referrals:list"), reverse("referrals:detail", args=[case.referral_id])]
    seen = pages(client, *addresses)
    own = ("address", "nhs", "nhs number", "anything to know", "their words")
    assert not leaked(seen, *own)


def test_lists_of_the_team_name_nobodys_troubles(cast: Cast, told: tuple[Case, Connection]) -> None:
    names = ("today", "caseload", "inbox", "allocation")
    seen = pages(cast.client(cast.manager), *[reverse(f"casework:{name}") for name in names])
    assert not leaked(seen)
    assert not leaked(pages(cast.client(cast.colleague), reverse("casework:today"), reverse("casework:caseload")))


class TestKeptClose:
    """Somebody protected is there for their worker and the safeguarding lead; to everybody else they are not."""

    @pytest.fixture
    def kept(self, cast: Cast, told: tuple[Case, Connection], lead: Actor) -> Case:
        case, _ = told
        do(lead, restrict, case.person, level="protected", reason="Her brother works near here")
        Person.objects.filter(pk=case.person_id).update(family_name="Quetzalcoatlus")
        return make.fresh(case)

    @pytest.mark.parametrize("who", ["manager", "colleague"])
    def test_in_no_list_and_behind_no_address(self, cast: Cast, kept: Case, who: str) -> None:
        client = cast.client(getattr(cast, who))
        lists = ["today", "caseload", "inbox"] + (["allocation"] if who == "manager" else [])
        seen = pages(client, *[reverse(f"casework:{name}") for name in lists])
        for question in ({"q": "Quetzalcoatlus"}, {"q": kept.reference}, {"format": "csv"}, {"state": "active"}):
            seen += (
                client.get(reverse("casework:caseload"), question).content.decode().replace(question.get("q", "~"), "")
            )
        assert "Quetzalcoatlus" not in seen
        assert kept.reference not in seen
        about = [name for name in WITH_ID if name in {"case", "plan", "plan-print", "contact", "details", "concern"}]
        for name in about:
            assert client.get(reverse(f"casework:{name}", args=[kept.pk])).status_code == 404

    @pytest.mark.parametrize("who", ["link_worker", "safeguarding_lead"])
    def test_their_worker_and_the_lead_see_them(self, cast: Cast, kept: Case, who: str) -> None:
        client = cast.client(getattr(cast, who))
        address = reverse("casework:case", args=[kept.pk])
        assert "Quetzalcoatlus" in pages(client, address)

    def test_sealed_they_are_there_for_those_who_are_named_alone(self, cast: Cast, kept: Case, lead: Actor) -> None:
        do(lead, restrict, kept.person, level="sealed", reason="A threat", named=[cast.link_worker.pk])
        address = reverse("casework:case", args=[kept.pk])
        found = {who: cast.client(getattr(cast, who)).get(address).status_code for who in
                 ("link_worker", "safeguarding_lead", "manager", "colleague")}  # fmt: skip
        assert found == {"link_worker": 200, "safeguarding_lead": 404, "manager": 404, "colleague": 404}

    def test_they_are_not_counted_for_those_who_may_not_know(self, cast: Cast, kept: Case, manager: Actor) -> None:
        assert do(manager, lambda *, by: queries.team_of(by)).open_cases == 0
        assert do(cast.actor(cast.safeguarding_lead), lambda *, by: queries.team_of(by)).open_cases == 1

    def test_nor_offered_when_somebody_alike_is_referred(self, cast: Cast, kept: Case, manager: Actor) -> None:
        alike = replace_name(cast, "Quetzalcoatlus")
        assert do(manager, lambda *, by: queries.known_people(alike, by)) == []
        assert len(do(cast.actor(cast.safeguarding_lead), lambda *, by: queries.known_people(alike, by))) == 1


def replace_name(cast: Cast, family_name: str) -> Any:
    from tests.factories import referrals

    sender = cast.actor(cast.referrer)
    return do(sender, lambda *, by: referrals.sent(by, cast.scheme.id, family_name=family_name))


@pytest.mark.parametrize("is_safe", [False, None])
def test_a_way_that_is_not_said_to_be_safe_is_offered_to_no_group(
    cast: Cast, worker: Actor, is_safe: bool | None
) -> None:
    case, goal, _ = make.planned(cast)
    do(worker, actions.set_channel, case, kind="email", value="shared@example.org", is_safe=is_safe)
    place = make.service(cast)
    address = reverse("casework:connect", args=[goal.pk, place.pk])
    form = pages(cast.client(cast.link_worker), address).split("<form", 1)[1]
    choices = form[form.index("contact_shared") :]
    assert "shared@example.org" not in choices.split("support_need")[0]
    facts = replace(make.SHARED, contact_shared="shared@example.org (by e-mail)")
    with pytest.raises(Exception, match="safe"):
        do(worker, actions.connect, goal, service_id=place.pk, sharing=facts)
