from django.db import migrations

# NOTIFY takes a database-wide lock at commit and halves what sixteen writers can do. Our worker asks once a second
# instead (docs/adr/0005-jobs.md), so queueing a job need not ring a bell.
TRIGGER = "procrastinate_jobs_notify_queue_job_inserted_v1"


class Migration(migrations.Migration):
    dependencies = [("core", "0002_require_actor"), ("procrastinate", "0041_post_retry_failed_job")]

    operations = [
        migrations.RunSQL(
            f"ALTER TABLE procrastinate_jobs DISABLE TRIGGER {TRIGGER}",
            f"ALTER TABLE procrastinate_jobs ENABLE TRIGGER {TRIGGER}",
        )
    ]
