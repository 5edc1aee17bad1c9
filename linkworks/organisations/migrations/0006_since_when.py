from django.db import migrations, models
from django.db.models import Max

NOTED_FROM_NOW_ON = (
    "phone", "email", "opening_hours", "coverage_note", "who_can_be_referred", "front_doors", "referrer_types", "categories",
    "languages", "first_contact_working_days", "max_sessions", "review_weeks", "measure_stages",
)


NOT_NOTED = ("coverage", "areas")  # changed by command, and no version told of it


def date_by_the_last_change(apps, schema_editor):
    """Which fact changed when was not kept until now: none changed after the scheme's latest version; of some nobody knows."""
    scheme = apps.get_model("organisations", "Scheme")
    for each in scheme.objects.using(schema_editor.connection.alias).annotate(latest=Max("settings_versions__made_at")):
        known = dict.fromkeys(NOTED_FROM_NOW_ON, each.latest.date().isoformat()) if each.latest else {}
        each.facts_changed = {**dict.fromkeys(NOT_NOTED, ""), **known}
        each.save(update_fields=["facts_changed"])


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0005_payee'),
    ]

    operations = [
        migrations.AddField(
            model_name='scheme',
            name='facts_changed',
            field=models.JSONField(default=dict, help_text='The day each public fact last changed, by its name'),
        ),
        migrations.AddField(
            model_name='scheme',
            name='without_internet',
            field=models.TextField(blank=True, help_text='How to reach the scheme without the internet'),
        ),
        migrations.RunPython(date_by_the_last_change, migrations.RunPython.noop),
    ]
