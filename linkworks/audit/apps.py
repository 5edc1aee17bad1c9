from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "linkworks.audit"
    label = "audit"
    verbose_name = "Audit"
