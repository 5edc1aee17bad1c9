"""What every stored thing has, and the two tables of the ground floor."""

import uuid

from django.db import models


class Identified(models.Model):
    """A thing with a public id. The id is made in Python, so a write needs to read nothing back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class FormToken(models.Model):
    """A form that was already sent, so that a double click or a retry makes one record."""

    token = models.CharField(max_length=64)
    door = models.CharField(max_length=100, help_text="Who sent which form")
    request_hash = models.CharField(max_length=64)
    result_id = models.UUIDField(null=True)
    used_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["door", "token"], name="one_use_of_a_form_token")]


class Heartbeat(models.Model):
    """A scheduled job's last success: its dead-man's switch."""

    job = models.CharField(max_length=100, primary_key=True)
    last_ok_at = models.DateTimeField()
    expected_every_seconds = models.PositiveIntegerField()
