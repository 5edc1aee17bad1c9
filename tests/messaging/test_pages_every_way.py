"""The pages of messages for every role, with other people's ids, odd words and wrong methods."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.core.errors import NotAllowed
from linkworks.messaging import actions, presenters, queries
from linkworks.messaging.models import Message, MessageMove
from linkworks.messaging.states import Audience, State, Way
from tests.cast import Cast
from tests.context import acting
from tests.factories.messaging import make_account_message, make_channel, make_message

EVERYBODY = [
    "link_worker", "colleague", "manager", "safeguarding_lead", "signposter", "referrer", "referring_colleague",
    "other_referrer", "provider_coordinator", "session_leader", "other_provider_coordinator", "outsider",
    "outside_manager", "steward", "administrator", "commissioner",
]  # fmt: skip
PRINTS = {"link_worker", "colleague", "manager", "safeguarding_lead", "outsider", "outside_manager"}
ODD = ["%", "_", "\\", "'", '"', "<b>", "{{x}}", "☃", "a" * 500, "  ", "C-", "\x1f"]


def text_of(response: Any) -> str:
    return str(response.content.decode())


def to(page: str, thing: Any = None) -> str:
    return reverse(f"messaging:{page}", args=[thing.pk] if thing else [])


def make_letter(cast: Cast, **facts: Any) -> Message:
    """A letter to a person of the scheme, as its worker wrote it."""
    channel = make_channel(cast.scheme, kind="letter", value="1 Made-up Road")
    usual = {
        "scheme": cast.scheme, "audience": Audience.PERSON, "way": Way.LETTER, "person_channel": channel,
        "address": channel.value, "written_by": f"staff:{cast.link_worker.pk}", "subject": "We have been trying",
        "body": "Dear Sam", "template": "could-not-reach",
    }  # fmt: skip
    return make_message(**{**usual, **facts})


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_reads_their_own_inbox_and_nobody_elses(cast: Cast, who: str) -> None:
    reader = getattr(cast, who)
    mine = make_account_message(reader, subject="Mine to read", scheme=cast.other_scheme)
    others = [
        make_account_message(getattr(cast, each), subject="Canary", scheme=cast.scheme)
        for each in [name for name in ("colleague", "referrer", "outsider", "provider_coordinator") if name != who][:3]
    ]
    client = cast.client(reader)
    page = text_of(client.get(to("inbox")))
    assert "Mine to read" in page
    assert "Canary" not in page
    assert client.get(to("message", mine)).status_code == 200
    assert {client.get(to("message", each)).status_code for each in others} == {404}
    assert Message.objects.filter(read_at__isnull=False).count() == 1


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_prints_letters(cast: Cast, who: str) -> None:
    letter = make_letter(cast)
    client = cast.client(getattr(cast, who))
    expected = 200 if who in PRINTS else 403
    assert client.get(to("letters")).status_code == expected
    link = f'href="{to("letters")}"'
    assert (link in text_of(client.get(to("inbox")))) is (who in PRINTS)
    reads = who in {"link_worker", "manager", "safeguarding_lead"}
    answer = client.get(to("letter", letter)).status_code
    assert answer == (200 if reads else 404 if who in PRINTS else 403)
    posted = client.post(to("letter-posted", letter)).status_code
    assert posted == (302 if reads else 404 if who in PRINTS else 403)
    assert Message.objects.filter(pk=letter.pk, state=State.SENT).exists() is reads


@pytest.mark.parametrize("page", ["message", "letter", "letter-posted"])
def test_an_id_of_another_kind_of_message_opens_nothing(cast: Cast, page: str) -> None:
    """A group's e-mail, a letter's id at the inbox, an account message at the letters: not there."""
    amara = cast.client(cast.link_worker)
    email = make_message(scheme=cast.scheme)
    other = make_letter(cast) if page == "message" else make_account_message(cast.link_worker)
    for thing in (email, other):
        answer = amara.post(to(page, thing)) if page == "letter-posted" else amara.get(to(page, thing))
        assert answer.status_code == 404
    missing = reverse(f"messaging:{page}", args=[uuid4()])
    assert (amara.post(missing) if page == "letter-posted" else amara.get(missing)).status_code == 404


@pytest.mark.parametrize("words", ODD)
@pytest.mark.parametrize("page", ["inbox", "letters", "outbox"])
def test_odd_words_are_searched_for_and_never_run(cast: Cast, page: str, words: str) -> None:
    make_account_message(cast.link_worker, subject="Plain")
    answer = cast.client(cast.link_worker).get(to(page), {"q": words, "page": "-3"})
    assert answer.status_code == 200
    assert "<b></" not in text_of(answer)


@pytest.mark.parametrize("state", [State.SENDING, State.FAILED, State.SUPPRESSED, State.DEAD, State.DELIVERED])
def test_a_letter_that_is_past_posting_is_in_no_list(cast: Cast, state: State) -> None:
    make_letter(cast, state=state, subject="Canary letter")
    amara = cast.client(cast.link_worker)
    for view in ("", "?view=posted"):
        assert "Canary letter" not in text_of(amara.get(to("letters") + view))


def test_posting_twice_is_one_posting_and_its_day_stays(cast: Cast) -> None:
    letter, amara = make_letter(cast), cast.client(cast.link_worker)
    for _ in range(3):
        amara.post(to("letter-posted", letter), follow=True)
    assert [line.move for line in MessageMove.objects.order_by("made_at")] == ["start", "send"]
    kept = Message.objects.get(pk=letter.pk)
    assert kept.attempts == 1
    assert letter.subject in text_of(amara.get(to("letters") + "?view=posted"))


@pytest.mark.parametrize("page", ["inbox", "message", "letters", "letter", "outbox"])
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_to_read_are_only_read(cast: Cast, page: str, method: str) -> None:
    thing = {"message": make_account_message(cast.link_worker), "letter": make_letter(cast)}.get(page)
    assert getattr(cast.client(cast.link_worker), method)(to(page, thing)).status_code == 405


def test_posting_is_never_done_by_opening_an_address(cast: Cast) -> None:
    letter = make_letter(cast)
    assert cast.client(cast.link_worker).get(to("letter-posted", letter)).status_code == 405
    assert Message.objects.get(pk=letter.pk).state == State.CREATED


@pytest.mark.parametrize("page", ["inbox", "message", "letters", "letter"])
def test_signed_out_leads_to_signing_in(cast: Cast, page: str) -> None:
    thing = {"message": make_account_message(cast.link_worker), "letter": make_letter(cast)}.get(page)
    answer = Client().get(to(page, thing))
    assert answer.status_code == 302
    assert "/sign-in" in answer["Location"] or "login" in answer["Location"]


@pytest.mark.parametrize(
    "link", ["https://evil.example.org/x", "//evil.example.org", "javascript:alert(1)", "data:x", ""]
)
def test_a_message_never_leads_away(cast: Cast, link: str) -> None:
    message = make_account_message(cast.link_worker, link=link)
    answer = cast.client(cast.link_worker).get(to("message", message))
    assert answer.status_code == 200
    assert "evil" not in text_of(answer)
    assert "javascript:" not in text_of(answer)


def test_what_is_read_counts_down_and_back_never(cast: Cast) -> None:
    messages = [make_account_message(cast.link_worker) for _ in range(3)]
    actor, amara = cast.actor(cast.link_worker), cast.client(cast.link_worker)
    seen = [queries.unread_count(actor)]
    for each in (*messages, messages[0]):
        amara.get(to("message", each))
        seen.append(queries.unread_count(actor))
    assert seen == [3, 2, 1, 0, 0]


def test_the_database_alone_keeps_a_letter_from_another_scheme(cast: Cast) -> None:
    make_letter(cast)
    with acting(cast.actor(cast.outsider)):
        assert not Message.objects.exists()
    with acting(cast.actor(cast.provider_coordinator)):
        assert not Message.objects.exists()


def test_words_of_a_message_are_words(cast: Cast) -> None:
    message = make_account_message(
        cast.link_worker, subject="<i>Hello</i>", body="Line one\n\n<script>alert(1)</script>"
    )
    amara = cast.client(cast.link_worker)
    for page in (to("inbox"), to("message", message)):
        shown = text_of(amara.get(page))
        assert "<script>alert" not in shown
        assert "<i>Hello" not in shown
        assert "&lt;i&gt;Hello" in shown


@pytest.mark.parametrize(
    ("names", "said"),
    [({}, ""), ({"it": "Amina K."}, "About Amina K."), ({"it": ""}, ""), ({"other": "Bo"}, "")],
)
def test_about_whom_in_words(names: dict[str, str], said: str) -> None:
    it = uuid4()
    message = Message(about_id=it, subject="s", body="b")
    known = {it if key == "it" else uuid4(): name for key, name in names.items()}
    assert presenters.about(message, known) == said
    assert presenters.about(Message(subject="s"), known) == ""


def test_a_message_is_marked_read_by_its_reader_alone(cast: Cast) -> None:
    message = make_account_message(cast.link_worker)
    for who in ("colleague", "manager", "outsider"):
        with pytest.raises(NotAllowed):
            actions.mark_read(message, by=cast.actor(getattr(cast, who)))
    assert Message.objects.get(pk=message.pk).read_at is None
