"""Finding services, one service, and keeping the directory true."""

from django.urls import URLPattern

app_name = "directory"
urlpatterns: list[URLPattern] = []
