import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


FROZEN = """
CREATE FUNCTION directory_change_is_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a change of a listing is history and is never rewritten' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER is_history BEFORE UPDATE ON directory_listingchange
  FOR EACH ROW EXECUTE FUNCTION directory_change_is_history();
"""
THAWED = "DROP TRIGGER is_history ON directory_listingchange; DROP FUNCTION directory_change_is_history();"


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='service',
            name='gone_since',
            field=models.DateField(blank=True, help_text='Since when the whole feed no longer has it', null=True),
        ),
        migrations.AddField(
            model_name='service',
            name='kept_here',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None),
        ),
        migrations.AddField(
            model_name='service',
            name='shown_despite',
            field=models.TextField(blank=True, help_text='What a steward looked at, and shows the listing all the same'),
        ),
        migrations.AddField(
            model_name='service',
            name='source_list_mark',
            field=models.CharField(blank=True, help_text="Of the row in the feed's list, when its details were fetched apart", max_length=64),
        ),
        migrations.AlterField(
            model_name='service',
            name='last_modified',
            field=models.DateTimeField(default=django.utils.timezone.now, help_text='When its document last changed'),
        ),
        migrations.CreateModel(
            name='ListingChange',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('field', models.CharField(max_length=40)),
                ('was', models.TextField(blank=True)),
                ('became', models.TextField(blank=True)),
                ('by_id', models.CharField(max_length=100)),
                ('by_name', models.CharField(max_length=200)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='directory.service')),
            ],
            options={
                'ordering': ['-created_at', 'id'],
            },
        ),
        migrations.RunSQL(FROZEN, THAWED),
    ]
