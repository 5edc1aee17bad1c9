"""`linkworks running-cost`: what a year costs for so many link workers and boroughs, in words and a table."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import yaml

from linkworks.config import costs
from linkworks.config.commands.database import database
from linkworks.config.supervisor import Trouble


def running_cost(arguments: list[str]) -> int:
    """What a year of running Linkworks costs."""
    asked = options(arguments)
    if asked.measure:
        print(measured())
        return 0
    try:
        given = costs.values(own_file(asked.assumptions))
        each = given["referrals_per_worker"] if asked.referrals_per_worker is None else asked.referrals_per_worker
        size = costs.size_of(link_workers=asked.link_workers, boroughs=asked.boroughs, referrals_per_worker=each)
    except costs.CannotCost as error:
        raise Trouble(str(error)) from error
    answer = costs.cost(size, given)
    print(as_json(answer) if asked.json else as_words(answer))
    return 0


def options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="linkworks running-cost", description=running_cost.__doc__)
    parser.add_argument("--link-workers", type=int, default=0, metavar="N")
    parser.add_argument("--boroughs", type=int, default=0, metavar="N")
    parser.add_argument("--referrals-per-worker", type=int, metavar="N", help="in a year")
    parser.add_argument("--assumptions", type=Path, metavar="FILE", help="your own numbers, each line as name: value")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--measure", action="store_true", help="measure sizes on this database instead")
    return parser.parse_args(arguments)


def own_file(path: Path | None) -> Any:
    """A deployer's own numbers."""
    if path is None:
        return None
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except OSError as error:
        raise costs.CannotCost(f"{path} could not be read: {error.strerror}.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise costs.CannotCost(f"{path} cannot be read. Check that each line is written as name: value.") from error


def as_json(answer: costs.Cost) -> str:
    totals = {name: getattr(answer, name) for name in ("total", "per_link_worker", "per_borough", "per_referral")}
    return json.dumps({**asdict(answer), **totals}, indent=2, ensure_ascii=False)


def as_words(answer: costs.Cost) -> str:
    """A sentence, a table and what it comes to for each."""
    size = answer.size
    workers, boroughs = counted(size.link_workers, "link worker"), counted(size.boroughs, "borough")
    opening = f"A year of Linkworks for {workers} in {boroughs}, {size.referrals:,} referrals:"
    wide = max(len(line.name) for line in answer.lines)
    rows = [f"  {line.name:<{wide}}  £{line.pounds:>12,.2f}  {line.how}" for line in answer.lines]
    total = f"  {'Together':<{wide}}  £{answer.total:>12,.2f}"
    each = (
        f"That is £{answer.per_link_worker:,.2f} for each link worker, £{answer.per_borough:,.2f} for each borough"
        f" and £{answer.per_referral:,.2f} for each referral."
    )
    return "\n".join([opening, "", *rows, total, "", each, "Prices are assumptions: see docs/running-costs.md."])


def counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def measured() -> str:
    with database():
        import django

        django.setup()
        from django.db import connections

        from linkworks.config.sizes import measured as sizes

        referrals, found = sizes()
        connections.close_all()
    if not found:
        raise Trouble("There is no referral to measure: run `linkworks seed-demo` first, in a database of its own.")
    return f"# measured on {referrals:,} referrals\n{yaml.safe_dump(found, sort_keys=False)}".strip()
