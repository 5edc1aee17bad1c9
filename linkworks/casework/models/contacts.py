"""Contacts with a person, and the first conversation."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from linkworks.audit.models import recorded
from linkworks.core import states as words
from linkworks.core.tenancy import Wall

from .. import states
from .cases import Case, History, InScheme


@recorded()
class Contact(InScheme):
    """One contact or attempt, on one screen: how, what came of it, what was said, what is next."""

    wall = Wall()

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="contacts")
    how = models.CharField(max_length=20, choices=words.choices(states.ContactHow))
    result = models.CharField(max_length=20, choices=words.choices(states.ContactResult))
    note = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    happened_at = models.DateTimeField()
    counts_as_try = models.BooleanField(default=False)
    made_by = models.CharField(max_length=100)
    made_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["-happened_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(how__in=[how.value for how in states.ContactHow]), name="contact_how_is_known"
            ),
            models.CheckConstraint(
                condition=Q(result__in=[result.value for result in states.ContactResult]),
                name="contact_result_is_known",
            ),
        ]


class ContactCorrection(History):
    """A contact was put right: who, when and why, and what it said before. Never changed."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="corrections")
    before = models.JSONField(help_text="What changed, as it was: field → what it said")


@recorded()
class Conversation(InScheme):
    """What matters to the person, in their own words; strengths and interests as well as needs."""

    wall = Wall()

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="conversation")
    held_on = models.DateField()
    what_matters = models.TextField()
    strengths = models.TextField()
    interests = models.TextField(blank=True)
    people_around = models.TextField(blank=True, help_text="Who is in their life")
    needs = ArrayField(models.CharField(max_length=40), default=list)
    how_support_should_be = models.TextField(blank=True, help_text="What would make it easy or hard to go somewhere")
    changed_at = models.DateTimeField(null=True, help_text="When it was last written")
    made_by = models.CharField(max_length=100)
    made_by_name = models.CharField(max_length=200)
