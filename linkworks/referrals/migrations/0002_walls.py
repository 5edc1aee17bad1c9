from django.db import migrations

from linkworks.core import tenancy
from linkworks.core.tenancy import Wall


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial"), ("core", "0002_require_actor")]

    operations = [
        tenancy.raise_wall("referrals_referral", Wall(organisation="from_organisation_id", front_door=True)),
        tenancy.raise_wall("referrals_referralevent", Wall(organisation="from_organisation_id", front_door=True, append_only=True)),
        tenancy.raise_wall("referrals_referralmove", Wall(organisation="from_organisation_id", front_door=True, append_only=True)),
        tenancy.raise_wall("referrals_amendment", Wall(organisation="from_organisation_id", front_door=True, append_only=True)),
        tenancy.raise_wall("referrals_linkundone", Wall(append_only=True)),
        tenancy.raise_wall("referrals_progress", Wall(organisation="from_organisation_id", front_door=True, append_only=True)),
    ]
