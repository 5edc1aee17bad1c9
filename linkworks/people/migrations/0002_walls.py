from django.db import migrations

from linkworks.core import tenancy
from linkworks.core.tenancy import Wall


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("core", "0002_require_actor")]

    operations = [
        tenancy.raise_wall("people_person", Wall()),
        tenancy.raise_wall("people_personevent", Wall(append_only=True)),
        tenancy.raise_wall("people_channel", Wall()),
        tenancy.raise_wall("people_channelevent", Wall(append_only=True)),
        tenancy.raise_wall("people_sharingchoice", Wall()),
        tenancy.raise_wall("people_sharingchoiceevent", Wall(append_only=True)),
        tenancy.raise_wall("people_disclosure", Wall(append_only=True)),
        tenancy.raise_wall("people_restrictionchange", Wall(append_only=True)),
        tenancy.raise_wall("people_namedreader", Wall()),
        tenancy.raise_wall("people_namedreaderevent", Wall(append_only=True)),
        tenancy.raise_wall("people_emergencyopening", Wall(append_only=True)),
    ]
