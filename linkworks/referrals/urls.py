"""The pages of whoever refers."""

from django.urls import path

from . import views

app_name = "referrals"
urlpatterns = [
    path("", views.list_page, name="list"),
    path("download", views.download, name="download"),
    path("new", views.new, name="new"),
    path("new/scheme", views.new_scheme, name="new-scheme"),
    path("new/check", views.new_check, name="new-check"),
    path("new/sent", views.new_sent, name="new-sent"),
    path("key-in", views.key_in, name="key-in"),
    path("key-in/check", views.key_in_check, name="key-in-check"),
    path("key-in/sent", views.key_in_sent, name="key-in-sent"),
    path("<uuid:referral_id>", views.detail, name="detail"),
    path("<uuid:referral_id>/change", views.amend, name="amend"),
    path("<uuid:referral_id>/withdraw", views.withdraw, name="withdraw"),
]
