from django.db import migrations

from linkworks.core import tenancy
from linkworks.core.tenancy import Wall


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial"), ("core", "0002_require_actor")]

    operations = [
        tenancy.raise_wall("casework_case", Wall()),
        tenancy.raise_wall("casework_caseevent", Wall(append_only=True)),
        tenancy.raise_wall("casework_casemove", Wall(append_only=True)),
        tenancy.raise_wall("casework_task", Wall()),
        tenancy.raise_wall("casework_taskevent", Wall(append_only=True)),
        tenancy.raise_wall("casework_concern", Wall()),
        tenancy.raise_wall("casework_concernevent", Wall(append_only=True)),
        tenancy.raise_wall("casework_contact", Wall()),
        tenancy.raise_wall("casework_contactevent", Wall(append_only=True)),
        tenancy.raise_wall("casework_conversation", Wall()),
        tenancy.raise_wall("casework_conversationevent", Wall(append_only=True)),
        tenancy.raise_wall("casework_plan", Wall()),
        tenancy.raise_wall("casework_planevent", Wall(append_only=True)),
        tenancy.raise_wall("casework_goal", Wall()),
        tenancy.raise_wall("casework_goalevent", Wall(append_only=True)),
        tenancy.raise_wall("casework_goalmove", Wall(append_only=True)),
        tenancy.raise_wall("casework_step", Wall()),
        tenancy.raise_wall("casework_stepevent", Wall(append_only=True)),
        tenancy.raise_wall("casework_goalconnection", Wall()),
        tenancy.raise_wall("casework_unmetneed", Wall()),
        tenancy.raise_wall("casework_unmetneedevent", Wall(append_only=True)),
        tenancy.raise_wall("casework_casemeasure", Wall()),
        tenancy.raise_wall("casework_concernmove", Wall(append_only=True)),
        tenancy.raise_wall("casework_planmove", Wall(append_only=True)),
        tenancy.raise_wall("casework_unmetmove", Wall(append_only=True)),
        tenancy.raise_wall("casework_contactcorrection", Wall(append_only=True)),
    ]
