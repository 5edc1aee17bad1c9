from django.db import migrations

FROZEN = """
CREATE OR REPLACE FUNCTION directory_change_is_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a change of a listing is history and is never rewritten' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE OR REPLACE TRIGGER is_history BEFORE UPDATE ON directory_listingchange
  FOR EACH ROW EXECUTE FUNCTION directory_change_is_history();
"""
THAWED = "DROP TRIGGER is_history ON directory_listingchange; DROP FUNCTION directory_change_is_history();"


class Migration(migrations.Migration):
    """What was changed of a listing is never rewritten."""

    dependencies = [("directory", "0001_initial")]
    operations = [migrations.RunSQL(FROZEN, THAWED)]
