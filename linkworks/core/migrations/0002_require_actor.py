from django.db import migrations

from linkworks.core import tenancy


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [migrations.RunSQL(tenancy.REQUIRE_ACTOR, "DROP FUNCTION linkworks_require_actor()")]
