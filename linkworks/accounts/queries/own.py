"""What an account signs in with."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey: what its owner called it and when it was last used."""

    id: int
    name: str
    last_used: datetime | None


@dataclass(frozen=True, slots=True)
class SecondFactors:
    """The second factors of an account."""

    app_since: datetime | None
    passkeys: tuple[Passkey, ...]
    has_recovery_codes: bool

    @property
    def only_one(self) -> bool:
        """The last one stays: without it nobody gets in."""
        return len(self.passkeys) + bool(self.app_since) == 1


def second_factors(user_id: UUID | None) -> SecondFactors:
    """Which second factors an account has, by one query."""
    found = list(Authenticator.objects.filter(user_id=user_id).order_by("created_at"))
    apps = [each.created_at for each in found if each.type == Authenticator.Type.TOTP]
    passkeys = [each for each in found if each.type == Authenticator.Type.WEBAUTHN]
    return SecondFactors(
        app_since=apps[0] if apps else None,
        passkeys=tuple(Passkey(each.pk, str(each), each.last_used_at) for each in passkeys),
        has_recovery_codes=any(each.type == Authenticator.Type.RECOVERY_CODES for each in found),
    )
