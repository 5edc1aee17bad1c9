from django.db import migrations

from linkworks.core import tenancy
from linkworks.core.tenancy import Wall


class Migration(migrations.Migration):
    dependencies = [("connections", "0001_initial"), ("core", "0002_require_actor")]

    operations = [
        tenancy.raise_wall("connections_connection", Wall(organisation="provider_id")),
        tenancy.raise_wall("connections_connectionevent", Wall(organisation="provider_id", append_only=True)),
        tenancy.raise_wall("connections_connectionmove", Wall(organisation="provider_id", append_only=True)),
        tenancy.raise_wall("connections_attendance", Wall(organisation="provider_id")),
        tenancy.raise_wall("connections_attendanceevent", Wall(organisation="provider_id", append_only=True)),
        tenancy.raise_wall("connections_question", Wall(organisation="provider_id")),
        tenancy.raise_wall("connections_questionevent", Wall(organisation="provider_id", append_only=True)),
        tenancy.raise_wall("connections_sharedwords", Wall(organisation="provider_id")),
        tenancy.raise_wall("connections_groupfeedback", Wall(organisation="provider_id")),
        tenancy.raise_wall("connections_sharedwordsevent", Wall(organisation="provider_id", append_only=True)),
        tenancy.raise_wall("connections_groupfeedbackevent", Wall(organisation="provider_id", append_only=True)),
        tenancy.raise_wall("connections_personfeedback", Wall()),
        tenancy.raise_wall("connections_personfeedbackevent", Wall(append_only=True)),
    ]
