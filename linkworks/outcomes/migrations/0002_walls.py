from django.db import migrations

from linkworks.core import tenancy
from linkworks.core.tenancy import Wall


class Migration(migrations.Migration):
    dependencies = [("outcomes", "0001_initial"), ("core", "0002_require_actor")]

    operations = [
        tenancy.raise_wall("outcomes_answerset", Wall()),
        tenancy.raise_wall("outcomes_answersetevent", Wall(append_only=True)),
    ]
