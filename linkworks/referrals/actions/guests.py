"""A professional without an account asks for a link; it is sent to their work e-mail and lets them refer for a day."""

import uuid
from datetime import timedelta

from django.db import transaction

from linkworks.core import clock, vocabulary
from linkworks.core.errors import Invalid
from linkworks.core.later import later

from .. import access
from ..models import GuestLink

LIFE = timedelta(hours=24)
KEPT = timedelta(days=7)


@transaction.atomic
def make_link(*, name: str, job: str, organisation_name: str, referrer_type: str, email: str) -> GuestLink:
    """Make a professional's link and send it to their work e-mail: opening it proves that the address is theirs."""
    if referrer_type not in vocabulary.REFERRER_TYPES or referrer_type == "self":
        raise Invalid(
            "Choose what describes you. To ask for support for yourself, use “Refer yourself”.", field="referrer_type"
        )
    key = uuid.uuid4()
    link = GuestLink.objects.create(
        id=key,
        name=name,
        job=job,
        organisation_name=organisation_name,
        referrer_type=referrer_type,
        email=email.lower(),
        token_hash=access.hash_of(access.guest_token(key)),
        expires_at=clock.now() + LIFE,
    )
    later("referrals.send_guest_link", link.id)
    return link


@transaction.atomic
def forget_old_links() -> None:
    """A week after it ended, a link and the name, job and address of whoever asked for it are thrown away."""
    GuestLink.objects.filter(expires_at__lt=clock.now() - KEPT).delete()
