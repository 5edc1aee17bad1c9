from django.db import migrations

from linkworks.core import tenancy
from linkworks.core.tenancy import Wall


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("core", "0002_require_actor")]

    operations = [
        tenancy.raise_wall("audit_recordview", Wall(append_only=True)),
    ]
