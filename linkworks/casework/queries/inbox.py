"""A referral as the team reads it: who they may be already, and whether they have a case."""

from dataclasses import dataclass

from linkworks.core.actor import Actor
from linkworks.people.queries import PersonMatch, is_like_somebody_kept_close, possible_matches
from linkworks.people.rules import Clues
from linkworks.referrals.models import Referral
from linkworks.referrals.queries import may_be_passed_to

from ..models import Case
from .cases import open_cases_of


@dataclass(frozen=True)
class Known:
    """Somebody of this scheme who may be the person referred, and whether they have a case now."""

    match: PersonMatch
    open_case_reference: str
    worker_name: str


def known_people(referral: Referral, actor: Actor) -> list[Known]:
    """For a person to decide: the likeliest first."""
    found = possible_matches(
        scheme_id=referral.scheme_id,
        given_name=referral.given_name,
        family_name=referral.family_name,
        born_on=referral.born_on,
        nhs_number=referral.nhs_number,
        postcode=referral.postcode,
        phones=phones_of(referral),
        by=actor,
    )
    open_now = open_cases_of([match.person_id for match in found])
    return [known(match, open_now.get(match.person_id)) for match in found]


def phones_of(referral: Referral) -> list[str]:
    return [each["value"] for each in referral.contact_channels if each["kind"] in ("phone", "text")]


def may_be_kept_close(referral: Referral, actor: Actor) -> bool:
    """Whether whoever was referred may be somebody this actor may not know of."""
    wanted = Clues(
        referral.given_name,
        referral.family_name,
        referral.born_on,
        referral.nhs_number,
        referral.postcode,
        frozenset(phones_of(referral)),
    )
    return is_like_somebody_kept_close(wanted, scheme_id=referral.scheme_id, by=actor)


def known(match: PersonMatch, case: Case | None) -> Known:
    worker = case.worker.name if case and case.worker else ""
    return Known(match, case.reference if case else "", worker)


def schemes_to_choose(referral: Referral) -> list[tuple[str, str]]:
    """The schemes a referral can be passed on to."""
    return [(str(each.id), each.name) for each in may_be_passed_to(referral)]
