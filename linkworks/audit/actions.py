from collections.abc import Iterable
from uuid import UUID

from linkworks.core.actor import Actor

from .models import RecordView


def record_view(*, person_id: UUID, scheme_id: UUID, page: str, by: Actor) -> None:
    """Note that somebody opened a person's record, and on which page."""
    RecordView.objects.create(
        person_id=person_id,
        scheme_id=scheme_id,
        page=page,
        actor_id=by.id,
        actor_name=by.name,
        organisation_name=by.organisation_name,
    )


def record_views(people: Iterable[tuple[UUID, UUID]], *, page: str, by: Actor) -> None:
    """Note that somebody saw several people at once, as (person, scheme): a list of possible matches, a file taken away."""
    signed = {"page": page, "actor_id": by.id, "actor_name": by.name, "organisation_name": by.organisation_name}
    RecordView.objects.bulk_create(
        [RecordView(person_id=person, scheme_id=scheme, **signed) for person, scheme in people], batch_size=500
    )
