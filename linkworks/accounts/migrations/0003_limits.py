from django.db import migrations

# Django's cache table. Unlogged: counts of wrong tries live for minutes, and may be lost with the power.
MAKE = """
CREATE UNLOGGED TABLE IF NOT EXISTS linkworks_limits (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS linkworks_limits_expires ON linkworks_limits (expires);
"""


class Migration(migrations.Migration):
    """One place for all web processes to count wrong passwords and codes."""

    dependencies = [("accounts", "0002_walls")]
    operations = [migrations.RunSQL(MAKE, "DROP TABLE linkworks_limits")]
