"""Pages of schemes and of who serves where."""

from django.urls import URLPattern

app_name = "organisations"
urlpatterns: list[URLPattern] = []
