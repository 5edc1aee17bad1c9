from django.apps import AppConfig


class FrontdoorConfig(AppConfig):
    name = "linkworks.frontdoor"
    label = "frontdoor"
