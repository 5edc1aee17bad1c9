from django.db import migrations

from linkworks.core import tenancy


class Migration(migrations.Migration):
    """Whoever is let through to a row by another column than its scheme cannot move it to another tenant."""

    dependencies = [("core", "0003_quiet_queue")]

    operations = [migrations.RunSQL(tenancy.REQUIRE_ACTOR, migrations.RunSQL.noop)]
