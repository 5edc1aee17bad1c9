"""Who may open and work on a case. Not yours: not found. Yours but not allowed: refused."""

from django.db.models import Q, QuerySet

from linkworks.accounts.queries import covered_workers
from linkworks.core.actor import Actor
from linkworks.core.errors import NotAllowed
from linkworks.core.permissions import Permission as P
from linkworks.people.access import in_sight, let_in
from linkworks.people.states import Restriction

from .models import Case, Concern, Contact, Goal, Plan, Task, UnmetNeed
from .states import CaseState


def sees_cases(actor: Actor) -> bool:
    return actor.may(P.CASE_VIEW_OWN) or actor.may(P.CASE_VIEW_TEAM)


def can_work(actor: Actor) -> bool:
    return actor.may(P.CASE_WORK)


def may_correct(actor: Actor, contact: Contact) -> bool:
    """Whoever wrote a contact may put it right, and so may the team manager."""
    return can_work(actor) and (contact.made_by == actor.id or can_allocate(actor))


def can_triage(actor: Actor) -> bool:
    return actor.may(P.REFERRAL_TRIAGE)


def can_allocate(actor: Actor) -> bool:
    return actor.may(P.CASE_ALLOCATE)


def can_connect(actor: Actor) -> bool:
    return actor.may(P.CONNECTION_SEND)


def can_raise_concern(actor: Actor) -> bool:
    return actor.may(P.SAFEGUARDING_RAISE) and sees_cases(actor)


def leads_safeguarding(actor: Actor) -> bool:
    return actor.may(P.SAFEGUARDING_LEAD)


def sees_audit(actor: Actor) -> bool:
    return actor.may(P.AUDIT_VIEW)


def answers_concerns(actor: Actor) -> bool:
    """The safeguarding lead, and the team manager as their deputy."""
    return actor.may(P.SAFEGUARDING_LEAD) or actor.may(P.CASE_ALLOCATE)


def may_answer(actor: Actor, concern: Concern) -> bool:
    """Whoever owns a concern answers it, also where there is no lead and no manager."""
    return answers_concerns(actor) or (actor.user_id is not None and concern.owner_id == actor.user_id)


def may_hear_concerns(actor: Actor) -> bool:
    return answers_concerns(actor) or can_raise_concern(actor)


def in_reach(actor: Actor, to_case: str = "") -> Q:
    """The condition on rows whose case (at `to_case`) this actor may open."""
    here = Q(**{f"{to_case}scheme__in": list(actor.schemes)})
    if actor.purpose == "job":
        return here
    let = let_in(actor, f"{to_case}person__")
    own = theirs(actor, to_case) & ~sealed(to_case) if actor.user_id else Q(pk__in=[])
    known = in_sight(actor, f"{to_case}person__")
    if actor.may(P.CASE_VIEW_TEAM) or actor.may(P.SAFEGUARDING_LEAD):
        return here & (known | own)
    if actor.may(P.CASE_VIEW_OWN):
        nobodys = Q(**{f"{to_case}worker__isnull": True})
        covered = Q(**{f"{to_case}worker__in": covered_workers(actor)}) if actor.user_id else Q(pk__in=[])
        return here & (let | own | (known & (nobodys | covered)))
    return Q(pk__in=[])


def theirs(actor: Actor, to_case: str) -> Q:
    """The worker's cases, and the earlier ones of whoever they work with now: coming again keeps its history."""
    people = Case.objects.filter(worker=actor.user_id).exclude(state=CaseState.CLOSED).values("person")
    earlier = Q(**{f"{to_case}state": CaseState.CLOSED, f"{to_case}person__in": people})
    return Q(**{f"{to_case}worker": actor.user_id}) | earlier


def sealed(to_case: str = "") -> Q:
    return Q(**{f"{to_case}person__restriction": Restriction.SEALED})


def visible_cases(actor: Actor) -> QuerySet[Case]:
    """A worker's own cases, the earlier ones of their people, those nobody has yet and those of whom they cover for;
    all for those who see the team.

    A protected person's case is for its worker, the safeguarding lead, and whoever opened it in an emergency this hour;
    a sealed one for those who were named.
    """
    return Case.objects.filter(in_reach(actor))


def reaches(actor: Actor, case: Case) -> bool:
    """Whether this case of the actor's schemes is among their visible ones; for a worker's own nothing more is asked."""
    if actor.purpose == "job":
        return True
    is_own = actor.user_id is not None and case.worker_id == actor.user_id and sees_cases(actor)
    if is_own and case.person.restriction != Restriction.SEALED:
        return True
    return visible_cases(actor).filter(pk=case.pk).exists()


def visible_plans(actor: Actor) -> QuerySet[Plan]:
    return Plan.objects.filter(in_reach(actor, "case__"))


def visible_goals(actor: Actor) -> QuerySet[Goal]:
    return Goal.objects.filter(in_reach(actor, "case__"))


def visible_contacts(actor: Actor) -> QuerySet[Contact]:
    return Contact.objects.filter(in_reach(actor, "case__"))


def visible_tasks(actor: Actor) -> QuerySet[Task]:
    return Task.objects.filter(in_reach(actor, "case__"))


def visible_unmet_needs(actor: Actor) -> QuerySet[UnmetNeed]:
    return UnmetNeed.objects.filter(in_reach(actor, "case__"))


def visible_concerns(actor: Actor) -> QuerySet[Concern]:
    """Concerns one owns or raised; for the lead and their deputy also the scheme's, of people they may know of.

    One that nobody answered in time reaches the deputy whoever it is about: a life comes before a seal.
    """
    here = Concern.objects.filter(scheme__in=list(actor.schemes))
    if actor.purpose == "job":
        return here
    if not actor.user_id:
        return here.none()
    own = Q(owner=actor.user_id) | Q(raised_by=actor.id)
    if answers_concerns(actor):
        return here.filter(own | in_sight(actor, "person__") | Q(escalations__gt=0))
    return here.filter(own)


def require(allowed: bool, what: str) -> None:
    """Refuse, in words, what this role may not do."""
    if not allowed:
        raise NotAllowed(f"Your role does not let you {what}. Ask your team manager if you need to.")


def require_work(actor: Actor) -> None:
    require(actor.purpose == "job" or can_work(actor), "change this case")


def only_reads(actor: Actor, case: Case) -> bool:
    """Whoever is let in to a protected record for an hour reads it; a contact and a concern are all they may write."""
    theirs = actor.purpose == "job" or case.worker_id == actor.user_id or leads_safeguarding(actor)
    return case.person.restriction == Restriction.PROTECTED and not theirs


def works_on(actor: Actor, case: Case) -> bool:
    return can_work(actor) and not only_reads(actor, case)


def works_now(actor: Actor, case: Case) -> bool:
    """A case that somebody has and that is not closed: what is done in it can be done."""
    return works_on(actor, case) and case.worker_id is not None and case.state != CaseState.CLOSED


def sees_team(actor: Actor) -> bool:
    return actor.may(P.CASE_VIEW_TEAM)
