"""Pages of schemes and of who serves where."""

from django.urls import path

from . import views

app_name = "organisations"
urlpatterns = [
    path("boroughs", views.boroughs, name="boroughs"),
    path("schemes", views.profiles, name="profiles"),
    path("schemes/all.csv", views.profiles_csv, name="profiles-csv"),
    path("schemes/all.json", views.profiles_json, name="profiles-json"),
    path("schemes/<slug:slug>", views.profile, name="profile"),
    path("scheme", views.scheme, name="scheme"),
    path("scheme/edit", views.edit, name="scheme-edit"),
    path("scheme/public", views.public, name="scheme-public"),
    path("scheme/history", views.history, name="scheme-history"),
    path("scheme/settings.yaml", views.document, name="scheme-document"),
    path("scheme/document", views.upload, name="scheme-upload"),
]
