"""Pages of schemes and of who serves where."""

from django.urls import path

from . import views

app_name = "organisations"
urlpatterns = [
    path("boroughs", views.boroughs, name="boroughs"),
    path("scheme", views.scheme, name="scheme"),
    path("scheme/edit", views.edit, name="scheme-edit"),
    path("scheme/public", views.public, name="scheme-public"),
    path("scheme/history", views.history, name="scheme-history"),
    path("scheme/settings.yaml", views.document, name="scheme-document"),
    path("scheme/document", views.upload, name="scheme-upload"),
]
