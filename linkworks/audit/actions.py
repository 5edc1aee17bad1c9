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
