"""The list of sub-commands, each with the line that `linkworks --help` shows."""

from collections.abc import Callable
from dataclasses import dataclass

from linkworks.config.commands.delegate import django_command, manage, migrate
from linkworks.config.commands.demo import demo
from linkworks.config.commands.running_cost import running_cost
from linkworks.config.commands.serving import serve, work


@dataclass(frozen=True)
class Command:
    """What a sub-command is for, and what does it."""

    about: str
    run: Callable[[list[str]], int]


COMMANDS = {
    "demo": Command("Set up a made-up London and serve it, web and worker, until Ctrl-C.", demo),
    "serve": Command("Serve the pages.", serve),
    "worker": Command("Do queued and scheduled jobs.", work),
    "migrate": Command("Bring the database up to date, as its owner.", migrate),
    "add-scheme": Command("Take on a scheme, its host and its first administrator.", django_command("add_scheme")),
    "change-scheme": Command(
        "Change where a scheme reaches and how anybody reaches it.", django_command("change_scheme")
    ),
    "add-organisation": Command(
        "Take on an organisation that refers, provides or commissions.", django_command("add_organisation")
    ),
    "relate": Command(
        "Relate two organisations from a day on, or end it: history stays true.", django_command("relate")
    ),
    "record-gap": Command("Say openly that a borough has no scheme, and who is nearest.", django_command("record_gap")),
    "import-feed": Command("Read an Open Referral UK feed from a file or address.", django_command("import_feed")),
    "export-directory": Command(
        "Write the open directory as files: tables (CSV) or ndjson, a folder or a zip.",
        django_command("export_directory"),
    ),
    "find": Command("Find local support from the command line.", django_command("find")),
    "load-postcodes": Command(
        "Load London's postcodes, or with --all those of the UK.", django_command("load_postcodes")
    ),
    "seed-demo": Command("Make the made-up London without serving it.", django_command("seed_demo")),
    "running-cost": Command("What a year costs for so many link workers and boroughs.", running_cost),
    "states": Command("Print the tables of states and moves.", django_command("print_states", database=False)),
    "weights": Command("Print how results are put in order.", django_command("print_weights", database=False)),
    "manage": Command("Run any command of Django, for example `linkworks manage shell`.", manage),
}


def overview() -> str:
    """What `linkworks --help` prints."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {command.about}" for name, command in COMMANDS.items()]
    return "\n".join(
        [
            "usage: linkworks COMMAND [OPTIONS]",
            "",
            *lines,
            "",
            "`linkworks COMMAND --help` tells more. Settings come from the environment; .env.example lists them.",
        ]
    )
