"""The four PostgreSQL extensions Linkworks stands on. All are trusted: the database's owner may create them."""

from django.contrib.postgres.operations import BtreeGistExtension, CITextExtension, TrigramExtension, UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [BtreeGistExtension(), CITextExtension(), TrigramExtension(), UnaccentExtension()]
