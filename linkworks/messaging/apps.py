from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "linkworks.messaging"
    label = "messaging"
