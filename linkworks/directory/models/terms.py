"""Other people's words for services, kept as they were said beside ours."""

from django.db import models

from linkworks.core.models import Identified

from .service import Service


class Taxonomy(Identified):
    """A list of terms: a council's categories, the vocabulary of a feed."""

    name = models.CharField(max_length=200, unique=True)


class TaxonomyTerm(Identified):
    """One term of a list."""

    taxonomy = models.ForeignKey(Taxonomy, on_delete=models.CASCADE, related_name="terms")
    code = models.CharField(max_length=200)
    name = models.CharField(max_length=255)
    description = models.TextField(blank=True)
    term_uri = models.URLField(max_length=500, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="below", help_text="The term above it"
    )
    told_as = models.CharField(max_length=240, blank=True, db_index=True, help_text="What its source calls it by")
    told_under = models.CharField(max_length=240, blank=True, help_text="What its source calls the term above it by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["taxonomy", "code"], name="one_term_per_code")]


class Attribute(Identified):
    """A term that a feed says of a service."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="attributes")
    term = models.ForeignKey(TaxonomyTerm, on_delete=models.PROTECT, related_name="attributes")
    link_type = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["service", "term", "link_type"], name="attribute_once")]
