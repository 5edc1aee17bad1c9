"""Only /healthz."""

from django.urls import path

from linkworks.config.health import healthz

urlpatterns = [path("healthz", healthz)]
