"""A provider's link: made, kept alive while something happens, and revoked at once."""

from uuid import uuid4

from linkworks.core.clock import now

from ..access import hash_of, live_links, token_of
from ..models import Connection, ProviderLink
from ..rules import link_works_until


def issue_link(connection: Connection) -> tuple[str, ProviderLink]:
    """The token of the connection's working link, made when there is none. (Only its hash is kept.)"""
    link = live_links().filter(connection_id=connection.id).first()
    until = link_works_until(now(), connection.first_session_on)
    if link is None:
        link = ProviderLink(
            id=uuid4(),
            connection_id=connection.id,
            scheme_id=connection.scheme_id,
            provider_id=connection.provider_id,
            expires_at=until,
        )
        link.token_hash = hash_of(token_of(link))
        link.save(force_insert=True)
    else:
        keep_links_alive(connection)
    return token_of(link), link


def keep_links_alive(connection: Connection) -> None:
    """Something happened: working links work for another while. Expired and revoked ones stay as they are."""
    live_links().filter(connection_id=connection.id).update(
        expires_at=link_works_until(now(), connection.first_session_on)
    )


def revoke_links(connection: Connection) -> None:
    """Every link to this connection stops working now."""
    ProviderLink.objects.filter(connection_id=connection.id, revoked_at__isnull=True).update(revoked_at=now())
