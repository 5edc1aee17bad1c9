"""What running Linkworks costs a year: assumptions in, lines and totals out. Every price is the deployer's to change."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from math import ceil, isfinite
from typing import Any

import yaml

MONTHS = 12
BOROUGHS = 33
MOST_WORKERS = 10_000
KILOBYTES_IN_A_GIGABYTE = 1024 * 1024
Values = Mapping[str, float]


class CannotCost(Exception):
    """The question or the file of assumptions does not hold together; the message says what to write."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """One number of the model, and why it is what it is."""

    name: str
    value: float
    unit: str
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class Size:
    """How much is asked of an installation."""

    link_workers: int
    boroughs: int
    referrals: int


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of cost for a year, in pounds and in words."""

    name: str
    pounds: float
    how: str


@dataclass(frozen=True, slots=True)
class Cost:
    """A year of an installation of this size."""

    size: Size
    lines: tuple[Line, ...]

    @property
    def total(self) -> float:
        return round(sum(line.pounds for line in self.lines), 2)

    @property
    def per_link_worker(self) -> float:
        return round(self.total / self.size.link_workers, 2)

    @property
    def per_borough(self) -> float:
        return round(self.total / self.size.boroughs, 2)

    @property
    def per_referral(self) -> float:
        return round(self.total / self.size.referrals, 2)


@cache
def assumptions() -> tuple[Assumption, ...]:
    """The numbers that ship with Linkworks."""
    text = files("linkworks.config").joinpath("data/running_costs.yaml").read_text(encoding="utf-8")
    return tuple(Assumption(name, **facts) for name, facts in yaml.safe_load(text).items())


def values(own: Any = None) -> dict[str, float]:
    """The numbers to reckon with: those that ship, and a deployer's own in their place."""
    shipped = {each.name: float(each.value) for each in assumptions()}
    if own is None:
        return shipped
    if not isinstance(own, Mapping):
        raise CannotCost("The file of assumptions must be a list of lines, each as name: value.")
    return shipped | {str(name): checked(str(name), value, shipped) for name, value in own.items()}


def checked(name: str, value: Any, known: Values) -> float:
    if name not in known:
        near = get_close_matches(name, known, 1)
        raise CannotCost(f"{name} is not an assumption." + (f" Did you mean {near[0]}?" if near else ""))
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value) or value < 0:
        raise CannotCost(f"{name} must be a number that is not below nought.")
    if name == "workers_per_application_server" and value == 0:
        raise CannotCost(f"{name} must be more than nought.")
    return float(value)


def size_of(*, link_workers: int, boroughs: int, referrals_per_worker: float) -> Size:
    if not 1 <= boroughs <= BOROUGHS:
        raise CannotCost(f"Say how many boroughs: a whole number from 1 to {BOROUGHS}.")
    if not 1 <= link_workers <= MOST_WORKERS:
        raise CannotCost(f"Say how many link workers: a whole number from 1 to {MOST_WORKERS:,}.")
    if referrals_per_worker < 1:
        raise CannotCost("Say how many referrals each link worker takes in a year: 1 or more.")
    return Size(link_workers, boroughs, round(link_workers * referrals_per_worker))


def cost(size: Size, given: Values) -> Cost:
    """A year's cost at the end of the years records are kept, when most is stored."""
    stored = gigabytes(size, given)
    found = (
        *machines(size, stored, given),
        *messages(size, given),
        *people(size, given),
        Line("Penetration test", given["penetration_test"], "one a year"),
        Line("Licence", given["licence"], "free software"),
    )
    return Cost(size, tuple(Line(line.name, round(line.pounds, 2), line.how) for line in found))


def gigabytes(size: Size, given: Values) -> float:
    """What is stored once records of all the years that are kept are there."""
    looking = given["views_per_referral"] * given["kilobytes_per_view"]
    each = given["kilobytes_per_referral"] + given["kilobytes_of_audit_per_referral"] + looking
    records = size.referrals * given["years_kept"] * each
    return (given["megabytes_before_anybody"] * 1024 + records) / KILOBYTES_IN_A_GIGABYTE


def machines(size: Size, stored: float, given: Values) -> tuple[Line, ...]:
    servers = ceil(size.link_workers / given["workers_per_application_server"])
    databases = given["databases"]
    hosting = MONTHS * (servers * given["application_server"] + databases * given["database_server"])
    disk = MONTHS * stored * databases * given["storage_price"]
    backup = MONTHS * stored * given["backup_copies"] * given["backup_price"]
    return (
        Line("Hosting", hosting, f"{servers} for pages and jobs, {databases:g} for the database"),
        Line("Storage", disk, f"{stored:.1f} GB after {given['years_kept']:g} years, on each database"),
        Line("Backups", backup, f"{given['backup_copies']:g} copies"),
    )


def messages(size: Size, given: Values) -> tuple[Line, ...]:
    texts, letters = size.referrals * given["texts_per_referral"], size.referrals * given["letters_per_referral"]
    charged = max(0.0, texts - given["free_texts"])
    return (
        Line("Text messages", charged * given["text_price"], f"{texts:,.0f} texts"),
        Line("Letters", letters * given["letter_price"], f"{letters:,.0f} letters"),
    )


def people(size: Size, given: Values) -> tuple[Line, ...]:
    """Who keeps it running. Link workers are not among them: they are the service, whatever it is written down in."""
    running = given["operator_days"] + given["operator_days_per_borough"] * size.boroughs
    stewards = given["steward_days_per_borough"] * size.boroughs
    return (
        Line("Running it", running * given["operator_day"], f"{running:g} days"),
        Line("Keeping the directory true", stewards * given["steward_day"], f"{stewards:g} days"),
        Line("Clinical safety and data protection", given["safety_days"] * given["safety_day"], "for all together"),
    )
