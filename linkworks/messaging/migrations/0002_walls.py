from django.db import migrations

from linkworks.core import tenancy
from linkworks.core.tenancy import Wall


class Migration(migrations.Migration):
    dependencies = [("messaging", "0001_initial"), ("core", "0002_require_actor")]

    operations = [
        tenancy.raise_wall("messaging_message", Wall(unowned=True, user="user_id")),
        tenancy.raise_wall("messaging_messagemove", Wall(append_only=True, unowned=True)),
    ]
