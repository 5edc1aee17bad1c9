from django.db import migrations

from linkworks.core import tenancy
from linkworks.core.tenancy import Wall


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("core", "0002_require_actor")]

    operations = [
        tenancy.raise_wall("accounts_absence", Wall()),
        tenancy.raise_wall("accounts_absenceevent", Wall(append_only=True)),
        tenancy.raise_wall("accounts_absencemove", Wall(append_only=True)),
    ]
