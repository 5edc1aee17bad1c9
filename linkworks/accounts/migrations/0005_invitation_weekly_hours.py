from django.db import migrations, models


class Migration(migrations.Migration):
    """Whoever is invited to carry cases comes with the hours they work, so that work is shared fairly from the first day."""

    dependencies = [("accounts", "0004_limits")]
    operations = [
        migrations.AddField(
            model_name="invitation",
            name="weekly_hours",
            field=models.DecimalField(
                decimal_places=1, default=37.5, help_text="Used to balance caseloads", max_digits=4
            ),
        )
    ]
