from django.db import migrations, models

import linkworks.core.clock
from linkworks.core import tenancy
from linkworks.core.tenancy import Wall


class Migration(migrations.Migration):
    dependencies = [("messaging", "0002_walls")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="touched_at",
            field=models.DateTimeField(default=linkworks.core.clock.now, help_text="When it last moved or was queued"),
        ),
        tenancy.raise_wall("messaging_message", Wall(unowned=True, user="user_id")),
    ]
