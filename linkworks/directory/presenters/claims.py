"""The words of a claim, as its steward reads it."""

from linkworks.ui import formats

from ..models import Claim


def claim_rows(claim: Claim, known: list[str]) -> list[tuple[str, str]]:
    """Who asks, and by what the organisation was known before: ask there, not where they say."""
    return [
        ("Organisation", claim.organisation.name),
        ("Who asks", claim.name),
        ("What they do there", claim.job),
        ("Their email", f"{claim.email} (they have shown that it is theirs)"),
        ("Asked", formats.date_time(claim.created_at)),
        ("Addresses we knew before", formats.listed(known) or "None"),
        ("Telephone we knew before", formats.phone(claim.service.phone) if claim.service.phone else "None"),
    ]
