"""Who to ask, and in which languages."""

from django.db import models

from linkworks.core.models import Identified

from .service import Service


class Contact(Identified):
    """Who to ask about a service. A private person's name, mobile or own e-mail is kept out of what is published."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    is_published = models.BooleanField(default=False)

    class Meta:
        ordering = ["created_at", "id"]


class ServiceLanguage(Identified):
    """A language a service is offered in."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="language_rows")
    code = models.CharField(max_length=10, blank=True, help_text="Our code, when there is one")
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ["created_at", "id"]
