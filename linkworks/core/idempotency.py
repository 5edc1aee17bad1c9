"""A double click or a retry makes one record.

Within the action's transaction: `earlier = once(door, token, payload)`; when `earlier` is set, the record was
made already and its id is returned; otherwise make it and call `remember(door, token, id)`.
"""

import hashlib
import json
import secrets
from typing import Any
from uuid import UUID

from django.db import connection

from .errors import Conflict
from .models import FormToken

TOKEN_LENGTH = 64


def new_token() -> str:
    return secrets.token_urlsafe(24)


def fingerprint(payload: Any) -> str:
    """The SHA-256 of the payload's canonical JSON."""
    return hashlib.sha256(json.dumps(payload, sort_keys=True, default=str).encode()).hexdigest()


def kept(token: str) -> str:
    """The token as its column holds it: whatever a browser sends fits."""
    ours = len(token) <= TOKEN_LENGTH and token.isascii() and token.isprintable()
    return token if ours else hashlib.sha256(token.encode(errors="replace")).hexdigest()


def once(door: str, token: str, payload: Any) -> UUID | None:
    """Claim the token. Gives the id of the record it made before, or None when it is fresh.

    Raises Conflict when the token was used for something else. A second request in flight waits for the first
    one's transaction, because both insert the same unique row.
    """
    token, request_hash = kept(token), fingerprint(payload)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_formtoken (door, token, request_hash, used_at) VALUES (%s, %s, %s, now())"
            " ON CONFLICT (door, token) DO NOTHING",
            [door, token, request_hash],
        )
        if cursor.rowcount == 1:
            return None
    earlier = FormToken.objects.get(door=door, token=token)
    if earlier.request_hash != request_hash:
        raise Conflict("This form was already sent with other answers. Start again to send a new one.")
    return earlier.result_id


def remember(door: str, token: str, result_id: UUID) -> None:
    FormToken.objects.filter(door=door, token=kept(token)).update(result_id=result_id)
