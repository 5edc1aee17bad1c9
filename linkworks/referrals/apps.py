from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "linkworks.referrals"
    label = "referrals"
