"""How much room a referral takes, measured on this database: for the running-cost model."""

from django.db import connection, transaction

from linkworks.core import tenancy
from linkworks.core.actor import job_actor
from linkworks.organisations.models import Scheme
from linkworks.referrals.models import Referral

ABOUT_PEOPLE = ("people_", "referrals_", "casework_", "connections_", "outcomes_", "messaging_", "audit_")
AUDIT = ("event", "move", "disclosure", "recordview")


def measured() -> tuple[int, dict[str, float]]:
    """How many referrals there are, and the assumptions measured on them by name; none without a referral."""
    with transaction.atomic(), tenancy.context(job_actor("running-cost", *Scheme.objects.values_list("id", flat=True))):
        referrals = Referral.objects.count()
    if not referrals:
        return 0, {}
    tables = table_sizes()
    ours = {name: size for name, size in tables.items() if name.startswith(ABOUT_PEOPLE)}
    audit = sum(size for name, size in ours.items() if name.endswith(AUDIT))
    return referrals, {
        "megabytes_before_anybody": round((sum(tables.values()) - sum(ours.values())) / 1024**2, 1),
        "kilobytes_per_referral": round((sum(ours.values()) - audit) / 1024 / referrals, 1),
        "kilobytes_of_audit_per_referral": round(audit / 1024 / referrals, 1),
    }


def table_sizes() -> dict[str, int]:
    """Each table's bytes with its indexes and long texts."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, pg_total_relation_size(oid) FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        return dict(cursor.fetchall())
