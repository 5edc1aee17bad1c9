from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "linkworks.outcomes"
    label = "outcomes"

    def ready(self) -> None:
        # A measure that does not hold together stops Linkworks from starting, not a link worker in mid-conversation.
        from .queries import measures

        measures()
