"""What we know of connections, shaped for whoever looks."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from linkworks.accounts.models import Membership
from linkworks.accounts.queries.actors import live_on
from linkworks.accounts.roles import Role
from linkworks.core.actor import Actor
from linkworks.core.clock import DAY, LONDON, now, today
from linkworks.messaging.queries import names_for_messages
from linkworks.organisations.models import Scheme

from ..access import link_of, of_provider, open_to_group, visible_connections
from ..models import Attendance, Connection, ConnectionMove, GroupFeedback, Question
from ..states import HOLDS_A_PLACE, Move, State

WAITING = frozenset({State.SENT, State.WAITLISTED})
PAST = frozenset({State.DECLINED, State.ENDED})
ANSWERS = (Move.ACCEPT, Move.WAITLIST, Move.DECLINE)
VIEWS = {"waiting": WAITING, "coming": HOLDS_A_PLACE, "past": PAST}


@dataclass(frozen=True, slots=True)
class Shared:
    """What a provider sees about a person: these seven fields and no others (a test holds this against the list)."""

    reference: str
    name_shared: str
    contact_shared: str
    support_need: str
    access_and_language: str
    emergency_contact: str
    call_worker_first: bool


@dataclass(frozen=True, slots=True)
class Exchange:
    """One thing said between the provider and the link worker."""

    from_provider: bool
    text: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Mark:
    session_on: date
    attended: str
    absence: str
    note: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said with an answer, and who wrote it down."""

    move: str
    text: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SaidEnough:
    """What the group said about what it was told."""

    enough: str
    text: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """A connection as its provider sees it: where it stands, what was shared, and whom to ask."""

    id: UUID
    state: str
    service_id: UUID
    service_name: str
    scheme_name: str
    worker_name: str
    worker_phone: str
    sent_at: datetime | None
    first_session_on: date | None
    decline_reason: str
    ending: str
    although_full: str
    shared: Shared
    exchanges: tuple[Exchange, ...] = ()
    marks: tuple[Mark, ...] = ()
    answers: tuple[Answer, ...] = ()
    said_enough: SaidEnough | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody expected at a session, as whoever runs it sees them: a name, and what they must know."""

    id: UUID
    name_shared: str
    access_and_language: str
    emergency_contact: str
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class WhomToRing:
    scheme_name: str
    phone: str
    email: str
    hours: str


def connections_of(person_id: UUID) -> QuerySet[Connection]:
    """A person's connections, newest first."""
    return Connection.objects.filter(person_id=person_id).order_by("-created_at")


def for_provider(actor: Actor, *, view: str = "waiting", words: str = "") -> QuerySet[Connection]:
    """The provider's connections of one kind: waiting for an answer, coming, or past."""
    found = visible_connections(actor).filter(state__in=VIEWS[view])
    if words:
        matches = Q(name_shared__icontains=words) | Q(reference__icontains=words) | Q(service_name__icontains=words)
        found = found.filter(matches)
    newest_first = view == "past"
    return found.order_by("-ended_at" if newest_first else "sent_at", "id")


def counts_for_provider(actor: Actor) -> dict[str, int]:
    """How many are in each of the provider's views."""
    states = list(visible_connections(actor).values_list("state", flat=True))
    return {view: sum(1 for state in states if state in those) for view, those in VIEWS.items()}


def where_it_stands(connection: Connection) -> Seen:
    """The connection as its provider sees it, without what was said since: enough for a form."""
    return Seen(
        id=connection.id,
        state=connection.state,
        service_id=connection.service_id,
        service_name=connection.service_name,
        scheme_name=connection.scheme.name,
        worker_name=connection.worker_name,
        worker_phone=connection.scheme.phone,
        sent_at=connection.sent_at,
        first_session_on=connection.first_session_on,
        decline_reason=connection.decline_reason,
        ending=connection.ending,
        although_full=connection.although_full,
        shared=shared(connection),
    )


def seen(connection: Connection) -> Seen:
    """The connection as its provider sees it, with what was said and who came."""
    questions = Question.objects.filter(connection=connection, is_worry=False).order_by("asked_at")
    marks = Attendance.objects.filter(connection=connection).order_by("-session_on")
    return replace(
        where_it_stands(connection),
        exchanges=tuple(
            Exchange(each.from_provider, each.text, each.asked_by_name, each.asked_at) for each in questions
        ),
        marks=tuple(mark_of(each) for each in marks),
        answers=answers_to(connection),
        said_enough=said_enough(connection),
    )


def answers_to(connection: Connection) -> tuple[Answer, ...]:
    """The notes the group itself wrote with its answers, oldest first. What a link worker wrote stays with the scheme."""
    own = ConnectionMove.objects.filter(connection=connection, move__in=ANSWERS, from_provider=True)
    moves = own.exclude(reason="")
    return tuple(Answer(each.move, each.reason, each.made_by_name, each.made_at) for each in moves.order_by("made_at"))


def said_enough(connection: Connection) -> SaidEnough | None:
    """Whether the group found what it was told enough; None until it says."""
    said = GroupFeedback.objects.filter(connection=connection).first()
    return SaidEnough(said.enough, said.text, said.given_by_name, said.given_at) if said else None


def shared(connection: Connection) -> Shared:
    return Shared(
        reference=connection.reference,
        name_shared=connection.name_shared,
        contact_shared=connection.contact_shared,
        support_need=connection.support_need,
        access_and_language=connection.access_and_language,
        emergency_contact=connection.emergency_contact,
        call_worker_first=connection.call_worker_first,
    )


def mark_of(attendance: Attendance) -> Mark:
    return Mark(attendance.session_on, attendance.attended, attendance.absence, attendance.note)


def register(actor: Actor, *, service_id: UUID, session_on: date) -> list[Expected]:
    """Who is expected at a session, and what was marked already. Only what whoever runs it needs."""
    marks = Prefetch("attendances", Attendance.objects.filter(session_on=session_on), to_attr="marks_of_the_day")
    expected = visible_connections(actor).filter(service_id=service_id, state__in=HOLDS_A_PLACE)
    since = Q(first_session_on__isnull=True) & (Q(answered_at__isnull=True) | Q(answered_at__lt=after(session_on)))
    started = expected.filter(since | Q(first_session_on__lte=session_on))
    return [
        Expected(
            id=each.id,
            name_shared=each.name_shared,
            access_and_language=each.access_and_language,
            emergency_contact=each.emergency_contact,
            mark=next((mark_of(mark) for mark in each.marks_of_the_day), None),
        )
        for each in started.order_by("name_shared", "id").prefetch_related(marks)
    ]


def after(day: date) -> datetime:
    """The moment a day is over in London: whoever was accepted later was not expected on it."""
    return datetime.combine(day + DAY, time.min, LONDON)


def with_service(connection_id: UUID) -> Connection | None:
    return Connection.objects.select_related("service", "scheme").filter(pk=connection_id).first()


def unanswered(scheme_id: UUID) -> QuerySet[Connection]:
    """What was sent and not answered, locked, oldest first."""
    waiting = Connection.objects.filter(scheme_id=scheme_id, state=State.SENT, escalated_at__isnull=True)
    return waiting.select_related("service", "scheme").select_for_update(of=("self",)).order_by("sent_at")


def sent_lately(actor: Actor, days: int) -> dict[UUID, int]:
    """How many people of the actor's schemes were sent to each service in so many days: numbers, and nobody's name."""
    lately = Connection.objects.filter(scheme_id__in=actor.schemes, sent_at__gte=now() - timedelta(days=days))
    return dict(lately.values_list("service_id").annotate(Count("id")).order_by())


def coordinators_of(provider_id: UUID) -> list[UUID]:
    """The provider's co-ordinators with an account."""
    live = Membership.objects.filter(live_on(today()), organisation_id=provider_id, user__is_active=True)
    theirs = live.filter(role=Role.PROVIDER_COORDINATOR)
    return list(theirs.order_by("user_id").values_list("user_id", flat=True).distinct())


def group_reads(connection: Connection) -> bool:
    """Whether the group can still open the connection, and so would read what is written to it."""
    return Connection.objects.filter(open_to_group(), pk=connection.pk).exists()


def can_be_written_to(connection: Connection) -> bool:
    """Whether there is an address or an account to write to; if not, somebody has to ring the group."""
    return bool(connection.service.referral_email) or bool(coordinators_of(connection.provider_id))


def whom_to_ring(token: str) -> WhomToRing | None:
    """The scheme behind a link that no longer works; None when the link was never ours."""
    link = link_of(token)
    scheme = Scheme.objects.filter(pk=link.scheme_id).first() if link else None
    return WhomToRing(scheme.name, scheme.phone, scheme.email, scheme.opening_hours) if scheme else None


@names_for_messages
def who_connections_are_about(ids: Collection[UUID], actor: Actor) -> dict[UUID, str]:
    """The name that was shared with a group, for the messages of its co-ordinators, while the group may still read it."""
    found = Connection.objects.filter(of_provider(actor), pk__in=ids)
    return dict(found.values_list("pk", "name_shared"))


def every_scheme() -> list[UUID]:
    return list(Scheme.objects.values_list("id", flat=True))
