"""Who a message is about, for a reader who may open that case. Nothing of it is kept with the message."""

from collections.abc import Collection
from uuid import UUID

from linkworks.core.actor import Actor
from linkworks.messaging.queries import names_for_messages
from linkworks.people.models import Person

from .. import access
from ..models import GoalConnection


@names_for_messages
def who_cases_are_about(ids: Collection[UUID], actor: Actor) -> dict[UUID, str]:
    """The person behind each case, connection or concern that this reader may open."""
    cases = access.visible_cases(actor)
    names = {case.pk: short_name(case.person) for case in cases.filter(pk__in=ids).select_related("person")}
    links = GoalConnection.objects.filter(connection_id__in=ids, goal__case__in=cases)
    for link in links.select_related("goal__case__person"):
        names[link.connection_id] = short_name(link.goal.case.person)
    for concern in access.visible_concerns(actor).filter(pk__in=ids).select_related("person"):
        names[concern.pk] = short_name(concern.person)
    return names


def short_name(person: Person) -> str:
    """“Amina K.”: enough to know who is meant on one's own caseload."""
    initial = person.family_name[:1]
    return f"{person.called} {initial}." if initial else person.called
