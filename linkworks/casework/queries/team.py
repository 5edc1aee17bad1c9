"""Who works in a scheme: workers with their load, the safeguarding lead and their deputy."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from linkworks.accounts.models import Membership, User
from linkworks.accounts.queries import Away, away_today, staff
from linkworks.accounts.roles import CARRY_CASES, Role
from linkworks.organisations.models import Scheme
from linkworks.organisations.queries import settings_of

from ..models import Case
from ..rules.caseload import Suggestion, Worker, suggest
from ..states import CaseState


def memberships_in(scheme_id: UUID, roles: Iterable[Role]) -> list[Membership]:
    """Who holds one of these roles for the scheme today, longest serving first."""
    return list(staff(scheme_id, roles).order_by("starts_on", "created_at", "id"))


def carries_cases(scheme_id: UUID, user_id: UUID) -> bool:
    return any(each.user_id == user_id for each in memberships_in(scheme_id, CARRY_CASES))


def who_left(scheme_id: UUID) -> set[UUID]:
    """Whoever has open cases and no longer carries any in the scheme."""
    here = {each.user_id for each in memberships_in(scheme_id, CARRY_CASES)}
    with_cases = Case.objects.filter(scheme_id=scheme_id, worker__isnull=False).exclude(state=CaseState.CLOSED)
    return set(with_cases.values_list("worker_id", flat=True)) - here


def workers(scheme_id: UUID) -> list[Worker]:
    """Everybody who carries cases in the scheme, with what they carry now, by name."""
    hours: dict[UUID, float] = defaultdict(float)
    names: dict[UUID, str] = {}
    for each in memberships_in(scheme_id, CARRY_CASES):
        hours[each.user_id] += float(each.weekly_hours)
        names[each.user_id] = each.user.name
    carried, full = _carried(scheme_id), settings_of(scheme_id).caseload_weight_target
    found = [Worker(who, names[who], hours[who], tuple(carried[who]), full_caseload=full) for who in names]
    absent = away_today(scheme_id)
    return sorted((with_absence(each, absent.get(each.id)) for each in found), key=lambda each: each.name)


def with_absence(worker: Worker, absent: Away | None) -> Worker:
    return replace(worker, away_until=absent.until, covered_by=absent.cover_name) if absent else worker


def _carried(scheme_id: UUID) -> dict[UUID, list[int]]:
    """The complexity of each worker's open cases. A paused case weighs nothing until it is taken up again."""
    open_now = Case.objects.filter(scheme_id=scheme_id, worker__isnull=False)
    open_now = open_now.exclude(state__in=[CaseState.CLOSED, CaseState.PAUSED])
    carried: dict[UUID, list[int]] = defaultdict(list)
    for worker_id, complexity in open_now.values_list("worker_id", "complexity"):
        carried[worker_id].append(complexity)
    return carried


def suggestion(scheme_id: UUID, complexity: int, team: list[Worker] | None = None) -> Suggestion | None:
    """Whom to give a case of this weight, and why. A caller who has read the team hands it on."""
    return suggestions([(scheme_id, complexity)], {scheme_id: workers(scheme_id) if team is None else team})[
        scheme_id, complexity
    ]


def suggestions(
    wanted: Iterable[tuple[UUID, int]], teams: Mapping[UUID, list[Worker]]
) -> dict[tuple[UUID, int], Suggestion | None]:
    """A suggestion for each (scheme, complexity) asked about. Managers carry cases only when nobody else does."""
    carriers = {scheme_id: without_managers(scheme_id, team) for scheme_id, team in teams.items()}
    return {
        (scheme_id, complexity): suggest(carriers[scheme_id], complexity) or suggest(teams[scheme_id], complexity)
        for scheme_id, complexity in set(wanted)
    }


def without_managers(scheme_id: UUID, team: list[Worker]) -> list[Worker]:
    managers = {each.user_id for each in memberships_in(scheme_id, [Role.TEAM_MANAGER])}
    return [each for each in team if each.id not in managers]


def safeguarding_owner(scheme_id: UUID) -> User | None:
    """The scheme's safeguarding lead, else its team manager."""
    return safeguarding_lead(scheme_id) or deputy(scheme_id)


def safeguarding_lead(scheme_id: UUID) -> User | None:
    leads = memberships_in(scheme_id, [Role.SAFEGUARDING_LEAD])
    return leads[0].user if leads else None


def deputy(scheme_id: UUID) -> User | None:
    """The team manager, who stands in when the lead does not answer."""
    managers = memberships_in(scheme_id, [Role.TEAM_MANAGER])
    return managers[0].user if managers else None


def all_schemes() -> list[UUID]:
    """Every scheme, for jobs that visit each in turn. Schemes are public."""
    return list(Scheme.objects.values_list("id", flat=True))
