"""London's local authorities and integrated care boards are there from the first start."""

from django.db import migrations


def load(apps, schema_editor):
    from linkworks.organisations.actions.reference import load_reference_data

    using = schema_editor.connection.alias
    load_reference_data(
        organisations=apps.get_model("organisations", "Organisation").objects.using(using),
        relations=apps.get_model("organisations", "Relation").objects.using(using),
    )


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
