"""Signing in and out, second factors, teams. allauth's names are kept; everything it does not need stays closed."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
