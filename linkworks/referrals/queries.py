"""What we know of referrals: the inbox, one's own, who was referred before, and each one's history."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.ids import tidy_reference
from linkworks.messaging.models import Message
from linkworks.messaging.queries import names_for_messages
from linkworks.messaging.states import NEVER_ARRIVES, Audience
from linkworks.organisations.models import Organisation, Scheme
from linkworks.organisations.queries import SchemeCard, schemes_at_work, settings_of, who_serves
from linkworks.organisations.rules.settings import SchemeSettings, opens

from . import access, rules
from .models import Amendment, LinkUndone, Progress, Referral, ReferralMove
from .states import Door, State, Step

OPEN = (State.SENT.value, State.ACCEPTED.value)
MOST_EARLIER = 8
NO_POSTCODE = "There is no postcode, so choose the scheme for where they are staying."


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a referral's history: a step, or something put right."""

    at: datetime
    by: str
    move: str
    to_state: str
    reason: str = ""
    field: str = ""
    before: str = ""
    after: str = ""


def matching(referrals: QuerySet[Referral], words: str) -> QuerySet[Referral]:
    """Those whose name, reference or postcode has every word, or who were born on the date that was typed."""
    born_on = rules.date_in(words)
    if born_on:
        return referrals.filter(born_on=born_on)
    for word in words.split():
        anywhere = Q(given_name__icontains=word) | Q(family_name__icontains=word) | Q(chosen_name__icontains=word)
        anywhere |= Q(postcode__istartswith=word)
        if reference := tidy_reference(word):  # punctuation alone is part of no reference
            anywhere |= Q(reference__icontains=reference)
        referrals = referrals.filter(anywhere)
    return referrals


def inbox(actor: Actor, state: str = State.SENT, words: str = "") -> QuerySet[Referral]:
    """What came to the actor's scheme and is in this state, the longest waiting first; an empty state means all."""
    if not access.can_see_inbox(actor):
        return Referral.objects.none()
    found = access.visible_referrals(actor).filter(scheme_id__in=actor.schemes).exclude(state=State.DRAFT)
    found = found.filter(state=state) if state else found
    return matching(found, words).select_related("from_organisation", "person").order_by("sent_at", "id")


def own(actor: Actor, state: str = "", words: str = "") -> QuerySet[Referral]:
    """What the actor's organisation sent, newest first."""
    found = access.own_referrals(actor)
    found = found.filter(state=state) if state in set(State) else found
    return matching(found, words).select_related("scheme", "referrer_user").order_by("-sent_at", "id")


def earlier_people(actor: Actor, words: str) -> list[Referral]:
    """People the actor's organisation referred before, the newest referral of each, to refer again without typing."""
    if not words.strip():
        return []
    people: dict[tuple[str, str, date | None], Referral] = {}
    for each in own(actor, words=words)[:200]:
        people.setdefault((each.given_name.casefold(), each.family_name.casefold(), each.born_on), each)
    return list(people.values())[:MOST_EARLIER]


def still_open(
    actor: Actor, *, given_name: str, family_name: str, born_on: date | None, nhs_number: str = ""
) -> list[Referral]:
    """Open referrals the actor's organisation already sent for somebody like this."""
    same = Q(given_name__iexact=given_name.strip(), family_name__iexact=family_name.strip())
    if born_on:
        same &= Q(born_on=born_on) | Q(born_on__isnull=True)
    if nhs_number:
        same |= Q(nhs_number=nhs_number)
    return list(access.own_referrals(actor).filter(same, state__in=OPEN).order_by("-sent_at")[:5])


def hears(referral: Referral) -> rules.Hears:
    """Who is told what was decided about a referral, and how."""
    return rules.hears(
        has_account=referral.referrer_user_id is not None,
        email=referral.referrer_email,
        channels=referral.contact_channels,
    )


def to_tell(actor: Actor, words: str = "") -> QuerySet[Referral]:
    """Decisions that nobody has heard of: nobody could be written to, or what was written did not arrive."""
    lost = Message.objects.filter(about_id=OuterRef("pk"), audience=Audience.REFERRER, state__in=NEVER_ARRIVES)
    lost = lost.filter(template__in=rules.DECISIONS_TOLD)
    nobody = Q(referrer_user__isnull=True, referrer_email="")
    for kind in ("email", "text"):
        nobody &= ~Q(contact_channels__contains=[{"kind": kind, "is_safe": True}])
    decided = inbox(actor, "", words).filter(state__in=[State.DECLINED, State.REDIRECTED])
    return decided.filter(nobody | Exists(lost)).exclude(progress__step=Step.TOLD).order_by("decided_at", "id")


def is_to_tell(referral_id: UUID, actor: Actor) -> bool:
    """Whether somebody still has to tell whoever asked."""
    return to_tell(actor).filter(pk=referral_id).exists()


def history(referral_id: UUID) -> list[Event]:
    """Each step, each correction and what was told afterwards, oldest first."""
    moves = [_step(each) for each in ReferralMove.objects.filter(referral_id=referral_id)]
    corrections = [_corrected(each) for each in Amendment.objects.filter(referral_id=referral_id)]
    told = [_told(each) for each in Progress.objects.filter(referral_id=referral_id)]
    return sorted([*moves, *corrections, *told], key=lambda each: each.at)


def links_undone(referral_id: UUID) -> list[LinkUndone]:
    """How often it was joined to the wrong person, and why: for the scheme, never for whoever referred."""
    return list(LinkUndone.objects.filter(referral_id=referral_id))


def is_finished(referral_id: UUID) -> bool:
    """Whether the scheme's work that came of it is finished: there is nothing left to take back."""
    return Progress.objects.filter(referral_id=referral_id, step=Step.CASE_FINISHED).exists()


def _step(each: ReferralMove) -> Event:
    return Event(each.made_at, each.made_by_name, each.move, each.to_state, each.reason)


def _told(each: Progress) -> Event:
    return Event(each.made_at, each.made_by_name, each.step, "", each.words)


def _corrected(each: Amendment) -> Event:
    return Event(each.made_at, each.made_by_name, "amend", "", each.reason, each.field, each.before, each.after)


def scheme_name(scheme_id: UUID) -> str:
    """Its name; empty when there is no such scheme."""
    return Scheme.objects.values_list("name", flat=True).filter(id=scheme_id).first() or ""


@dataclass(frozen=True, slots=True)
class SchemeChoice:
    """Who could take a referral for somebody living at a postcode, in a sentence, and whether the referrer has to choose."""

    sentence: str
    options: tuple[SchemeCard, ...]
    is_clear: bool
    is_gap: bool = False
    has_nearest: bool = False  # nobody serves the postcode; who is offered is the nearest


def scheme_choice(postcode: str, *, door: str, referrer_type: str = "", practice_code: str = "") -> SchemeChoice:
    """The schemes for this postcode, or for the practice that sends, that take referrals this way; in a gap, the nearest
    one if it does. Where we cannot tell, a professional sees them all: they may know who supports their patients."""
    if not postcode:
        return SchemeChoice(NO_POSTCODE, _all_taking(door, referrer_type), is_clear=False)
    who = who_serves(postcode, practice_code)
    if not who.schemes and not who.gap and door != Door.SELF:
        return SchemeChoice(who.sentence, _all_taking(door, referrer_type), is_clear=False)
    nearest = [who.gap.nearest] if who.gap and who.gap.nearest else []
    options = tuple(each for each in [*who.schemes, *nearest] if takes(each.id, door=door, referrer_type=referrer_type))
    serving = [each for each in options if each.serves_everybody and each in who.schemes]
    is_clear, is_gap = len(options) == len(serving) == 1, not who.schemes
    return SchemeChoice(who.sentence, options, is_clear, is_gap, has_nearest=is_gap and bool(options))


def _all_taking(door: str, referrer_type: str) -> tuple[SchemeCard, ...]:
    """Every scheme open to this: for somebody with no fixed address, whoever refers knows where they are staying."""
    return tuple(card for card, settings in schemes_at_work() if opens(settings, door, referrer_type))


def takes(scheme_id: UUID, *, door: str, referrer_type: str = "") -> bool:
    """Whether the scheme's settings open this door, to this kind of referrer."""
    return opens(settings_of(scheme_id), door, referrer_type)


def may_be_passed_to(referral: Referral) -> list[SchemeCard]:
    """The other schemes that take such a referral, from such a referrer, for somebody of this age."""
    return [
        card
        for card, settings in schemes_at_work()
        if card.id != referral.scheme_id
        and opens(settings, referral.door, referral.referrer_type)
        and not why_not_eligible(settings, referral.born_on)
    ]


def why_not_eligible(settings: SchemeSettings, born_on: date | None) -> str:
    ages = settings.who_can_be_referred
    return rules.why_not_eligible(born_on, youngest=ages.age_from, oldest=ages.age_to, today=clock.today())


def advice(scheme_id: UUID, postcode: str, practice_code: str = "") -> str:
    """A word when the person seems to live outside the scheme's area. Advice, never a refusal."""
    if not postcode or any(each.id == scheme_id for each in who_serves(postcode, practice_code).schemes):
        return ""
    return f"{postcode} seems to be outside the area of {scheme_name(scheme_id)}. You can still send this: the team decides."


def first_contact_days(scheme_id: UUID) -> int:
    """The scheme's promise: working days until somebody hears from it."""
    return settings_of(scheme_id).first_contact_working_days


def languages_at(scheme_id: UUID | None = None, *, postcode: str = "") -> tuple[str, ...]:
    """The languages a scheme can talk in; before the scheme is known, those of the scheme round here."""
    scheme = scheme_id or (found.id if postcode and (found := who_serves(postcode).scheme) else None)
    return settings_of(scheme).languages if scheme else ()


def who_it_is_for(scheme_id: UUID) -> str:
    """Whom the scheme takes, in its own words, for a last look before sending."""
    return settings_of(scheme_id).who_can_be_referred.said()


def promised_by(referral: Referral) -> date:
    """The day by which somebody hears from the scheme: its promise, made when the referral was sent."""
    sent_on = (referral.sent_at or clock.now()).astimezone(clock.LONDON).date()
    return clock.add_working_days(sent_on, first_contact_days(referral.scheme_id))


def late_days(actor: Actor) -> dict[UUID, date]:
    """For each of the actor's schemes the day: whatever was sent then or before should have been answered by now."""
    return {scheme_id: _late_day(first_contact_days(scheme_id)) for scheme_id in actor.schemes}


def _late_day(days: int) -> date:
    day = clock.today() - clock.DAY
    while clock.add_working_days(day, days) >= clock.today():
        day -= clock.DAY
    return day


def undecided_late(actor: Actor) -> QuerySet[Referral]:
    """Referrals nobody has decided about, past the promise that was made when they were sent."""
    late = Q(pk__in=[])
    for scheme_id, day in late_days(actor).items():
        next_day = datetime.combine(day + clock.DAY, time(), tzinfo=clock.LONDON)
        late |= Q(scheme_id=scheme_id, sent_at__lt=next_day)
    return inbox(actor).filter(late)


def decline_reasons(scheme_id: UUID) -> tuple[str, ...]:
    """Why this scheme may decline a referral."""
    return settings_of(scheme_id).decline_reasons


@names_for_messages
def who_referrals_are_about(ids: Collection[UUID], actor: Actor) -> dict[UUID, str]:
    """The person behind each referral that this reader may open, for the messages in their account."""
    found = access.visible_referrals(actor).filter(pk__in=ids)
    names = found.values_list("pk", "chosen_name", "given_name", "family_name")
    return {pk: f"{chosen or given} {family[:1]}{'.' if family else ''}".strip() for pk, chosen, given, family in names}


def organisation(organisation_id: UUID) -> Organisation:
    return Organisation.objects.get(id=organisation_id)
