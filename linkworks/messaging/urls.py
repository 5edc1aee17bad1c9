"""The inbox of whoever is signed in, letters to print, and (never in production) the outbox."""

from django.conf import settings
from django.urls import path

from . import views

app_name = "messaging"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("<uuid:message_id>", views.message, name="message"),
    path("letters", views.letters, name="letters"),
    path("not-delivered", views.undelivered, name="undelivered"),
    path("letters/<uuid:letter_id>", views.letter, name="letter"),
    path("letters/<uuid:letter_id>/posted", views.posted, name="letter-posted"),
]
if not settings.IN_PRODUCTION:
    urlpatterns.append(path("outbox", views.outbox, name="outbox"))
