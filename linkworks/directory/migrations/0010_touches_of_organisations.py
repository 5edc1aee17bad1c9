from django.db import migrations

TOUCHES = """
CREATE FUNCTION directory_touch_listings_of_organisation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO directory_listingtouch AS kept (service_id, cx)
    SELECT id, pg_current_xact_id() FROM directory_service WHERE organisation_id = NEW.id ORDER BY id
    ON CONFLICT (service_id) DO UPDATE SET cx = EXCLUDED.cx WHERE kept.cx <> EXCLUDED.cx;
  RETURN NULL;
END $$;
CREATE TRIGGER touch_listings AFTER UPDATE OF name ON organisations_organisation FOR EACH ROW
  WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION directory_touch_listings_of_organisation();
"""
UNTOUCHED = "DROP FUNCTION directory_touch_listings_of_organisation() CASCADE;"


class Migration(migrations.Migration):
    """A listing shows its organisation's name, so a new name touches it."""

    dependencies = [("directory", "0009_listing_meaning")]
    operations = [migrations.RunSQL(TOUCHES, UNTOUCHED)]
