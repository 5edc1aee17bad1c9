"""What a listing means, and what is said of a need, as numbers, for finding by meaning."""

from django.db import models

from .service import Service


class ListingMeaning(models.Model):
    """A listing's text as the sentence model sees it. A job writes it anew when the document or the model changed."""

    service = models.OneToOneField(Service, models.CASCADE, primary_key=True, related_name="meaning")
    document_hash = models.CharField(max_length=64)
    text_hash = models.CharField(max_length=64)
    model = models.CharField(max_length=60)
    vector = models.BinaryField()
    made_at = models.DateTimeField(db_index=True)


class NeedMeaning(models.Model):
    """What people say of one need, a vector for each saying of the written list. A job writes it anew when list or model changed."""

    need = models.CharField(max_length=60, primary_key=True)
    sayings_hash = models.CharField(max_length=64)
    model = models.CharField(max_length=60)
    vectors = models.BinaryField()
    made_at = models.DateTimeField()
