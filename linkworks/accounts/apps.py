from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "linkworks.accounts"
    label = "accounts"
