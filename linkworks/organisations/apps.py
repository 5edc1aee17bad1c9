from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "linkworks.organisations"
    label = "organisations"

    def ready(self) -> None:
        from linkworks.core import health

        from . import queries

        def match_data() -> str | None:
            return None if queries.postcodes_loaded() else "No postcodes are loaded. Run `linkworks load-postcodes`."

        health.register("match data", match_data)
