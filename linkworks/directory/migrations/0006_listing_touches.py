import linkworks.directory.models.touches
from django.db import migrations, models

TOUCHES = """
CREATE FUNCTION directory_touch_listings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'directory_service' THEN
    INSERT INTO directory_listingtouch AS kept (service_id, cx)
      SELECT id, pg_current_xact_id() FROM changed ORDER BY id
      ON CONFLICT (service_id) DO UPDATE SET cx = EXCLUDED.cx WHERE kept.cx <> EXCLUDED.cx;
  ELSIF TG_TABLE_NAME = 'directory_location' THEN
    INSERT INTO directory_listingtouch AS kept (service_id, cx)
      SELECT DISTINCT at.service_id, pg_current_xact_id() FROM changed
        JOIN directory_serviceatlocation AS at ON at.location_id = changed.id ORDER BY at.service_id
      ON CONFLICT (service_id) DO UPDATE SET cx = EXCLUDED.cx WHERE kept.cx <> EXCLUDED.cx;
  ELSE
    INSERT INTO directory_listingtouch AS kept (service_id, cx)
      SELECT DISTINCT service_id, pg_current_xact_id() FROM changed ORDER BY service_id
      ON CONFLICT (service_id) DO UPDATE SET cx = EXCLUDED.cx WHERE kept.cx <> EXCLUDED.cx;
  END IF;
  RETURN NULL;
END $$;
"""
# What a listing is found by. The transition tables need a trigger for each kind of write.
TABLES = ("service", "location", "serviceatlocation", "schedule", "costoption")
WRITES = {
    "added": ("INSERT", "NEW"),
    "changed": ("UPDATE", "NEW"),
    "moved": ("UPDATE", "OLD"),  # a part that now hangs on another listing touches the one it left
    "gone": ("DELETE", "OLD"),
}
TRIGGERS = "".join(
    f"CREATE TRIGGER touch_{name} AFTER {event} ON directory_{table} REFERENCING {side} TABLE AS changed"
    " FOR EACH STATEMENT EXECUTE FUNCTION directory_touch_listings();\n"
    for table in TABLES
    for name, (event, side) in WRITES.items()
)
FIRST = "INSERT INTO directory_listingtouch (service_id, cx) SELECT id, pg_current_xact_id() FROM directory_service;"
UNTOUCHED = "DROP FUNCTION directory_touch_listings() CASCADE;"


class Migration(migrations.Migration):
    """Each listing remembers the transaction that last wrote it, so that what finds by it can keep in step."""

    dependencies = [("directory", "0005_refresh_requests")]

    operations = [
        migrations.CreateModel(
            name="ListingTouch",
            fields=[
                ("service_id", models.UUIDField(primary_key=True, serialize=False)),
                ("cx", linkworks.directory.models.touches.TransactionId()),
            ],
            options={"indexes": [models.Index(fields=["cx"], name="listing_touches_in_order")]},
        ),
        migrations.RunSQL(TOUCHES + TRIGGERS + FIRST, UNTOUCHED),
    ]
