"""The same questions answered by PostgreSQL alone, in one plain statement: slow, and sure. Finding is held against it."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from linkworks.core import vocabulary
from linkworks.core.clock import BANK_HOLIDAYS, LONDON, now, today
from linkworks.directory.queries import Looking
from linkworks.directory.rules import likeness, words
from linkworks.directory.rules.day_parts import PARTS
from linkworks.directory.rules.matching import MEANT_FOR
from linkworks.directory.rules.sessions import ORDER

FAR = """
    (SELECT min(2 * 6371000 * asin(least(1, sqrt(
        sin(radians(l.latitude - %(lat)s) / 2) ^ 2 + cos(radians(%(lat)s)) * cos(radians(l.latitude))
        * sin(radians(l.longitude - %(lon)s) / 2) ^ 2))) / 1000)
     FROM directory_serviceatlocation a JOIN directory_location l ON l.id = a.location_id
     WHERE a.service_id = s.id AND l.location_type = 'physical' AND l.latitude IS NOT NULL)"""
HAS_PLACE = """EXISTS (SELECT 1 FROM directory_serviceatlocation a JOIN directory_location l ON l.id = a.location_id
    WHERE a.service_id = s.id AND l.location_type = 'physical')"""
FREE = """(SELECT max(amount) FROM directory_costoption c WHERE c.service_id = s.id) = 0"""
HEALTH_SETTINGS = ("gp-surgery", "health-centre", "hospital", "pharmacy")
PLACES = ("health", *vocabulary.PLACE_KINDS)
COUNT_SHARED = "(SELECT count(*) FROM (SELECT unnest({one}) INTERSECT SELECT unnest({other})) both_have)"


def answers(looking: Looking) -> list[tuple[Any, ...]]:
    """(id, distance, points) of each listing that answers, best first."""
    with connection.cursor() as cursor:
        cursor.execute(statement(looking), told(looking))
        return cursor.fetchall()


def told(looking: Looking) -> dict[str, Any]:
    asked = likeness.bare_words(" ".join(words.asked_words(looking.words)))
    meant = [{"kind": kind, "need": need} for kind, need in MEANT_FOR.items()]
    return {
        "lat": looking.near[0] if looking.near else None, "lon": looking.near[1] if looking.near else None,
        "within": looking.within_km if looking.near else None, "needs": list(looking.needs),
        "category": [looking.category], "kinds": list(looking.kinds),
        "access": list(looking.access_needs), "languages": list(looking.languages),
        "threes": likeness.threes_of(asked), "spoken": list(words.needs_in(looking.words)), "asked": asked,
        "today": today(), "meant_kinds": [each["kind"] for each in meant], "meant_needs": [each["need"] for each in meant],
    }  # fmt: skip


def statement(looking: Looking) -> str:
    asked = words.asked_words(looking.words)
    wanted, said = conditions(looking), saying(looking) if asked else SILENT
    if looking.words.strip() and not asked and not looking.needs:
        wanted.append("false")
    return f"""
    WITH listed AS (
        SELECT s.*, {FAR if looking.near else "NULL::float8"} AS far, {HAS_PLACE} AS has_place, {said}
        FROM directory_service s WHERE s.is_published AND s.status = 'active'
            AND (s.offered_until IS NULL OR s.offered_until >= %(today)s)
    ), ranked AS (
        SELECT *, coalesce(by_stem, 0) > 0 OR is_alike OR needs && %(spoken)s::varchar[] AS answers,
            by_stem * 0.5 + share * 0.3 + CASE WHEN every THEN 0.2 ELSE 0.0 END AS rank, every OR is_alike AS has_all
        FROM listed s WHERE {" AND ".join(wanted)}
    ), fitting AS (
        SELECT * FROM ranked WHERE {"answers" if asked else "true"}
    )
    SELECT id, far, {POINTS} AS points FROM fitting s
    WHERE {"has_all OR NOT EXISTS (SELECT 1 FROM fitting WHERE has_all)" if len(asked) > 1 else "true"}
    ORDER BY {FOR_OTHERS} , own DESC, points DESC, far NULLS LAST, lower(name) COLLATE "C", id::text COLLATE "C"
    """


SILENT = "0::float8 AS by_stem, 0::float8 AS share, false AS every, false AS is_alike, 0 AS own"
SHARED_MEANT = """EXISTS (SELECT 1 FROM unnest(%(meant_kinds)s::varchar[], %(meant_needs)s::varchar[]) m (kind, need)
    WHERE m.kind = ANY(s.kinds){0})"""
FOR_OTHERS = f"""(cardinality(%(needs)s::varchar[]) > 0 AND rank = 0 AND {SHARED_MEANT.format("")}
    AND NOT {SHARED_MEANT.format(" AND m.need = ANY(%(needs)s::varchar[])")})"""
POINTS = f"""
    10.0::float8 * {COUNT_SHARED.format(one="s.needs", other="%(needs)s::varchar[]")} + 20.0::float8 * least(1, greatest(0, rank))
    + CASE WHEN far IS NULL OR %(within)s::float8 IS NULL THEN 0 ELSE 10.0::float8 * greatest(0, 1.0::float8 - far / %(within)s) END
    + (CASE WHEN places_taken < capacity_places THEN 3.0::float8 ELSE 0 END
    + 4.0::float8 * trust / 100
    + CASE WHEN terms_are_guessed THEN 0::float8 ELSE 1.0::float8 END)"""


def conditions(looking: Looking) -> list[str]:
    found = ["true"]
    if looking.near and looking.within_km:
        loose = "NOT has_place OR" if looking.words or looking.needs or looking.kinds else ""
        found.append(f"({loose} coalesce(has_place AND far <= %(within)s, false))")
    found += ["needs && %(needs)s::varchar[]"] if looking.needs else []
    found += ["categories @> %(category)s::varchar[]"] if looking.category else []
    found += ["kinds && %(kinds)s::varchar[]"] if looking.kinds else []
    found += ["access_needs @> %(access)s::varchar[]", "languages @> %(languages)s::varchar[]"]
    found += [held_at(kinds_meant(looking.place_kinds))] if looking.place_kinds else []
    found += [advises(looking.advice_levels)] if looking.advice_levels else []
    found += [f"course_levels && ARRAY{list(looking.course_levels)}::varchar[]"] if looking.course_levels else []
    found += [FREE] if looking.is_free else []
    found += [open_now()] if looking.is_open else []
    found += ["(" + " OR ".join(happens(each) for each in looking.times) + ")"] if looking.times else []
    return found


ADVICE = [
    "debt-advice",
    "benefits-advice",
    "housing-advice",
    "immigration-advice",
    "employment-advice",
    "legal-advice",
    "energy-advice",
]


def advises(chosen: Iterable[str]) -> str:
    """Advice that goes so far; or advice of which nobody says how far it goes."""
    said = f"advice_levels && ARRAY{list(chosen)}::varchar[]"
    unsaid = f"OR (cardinality(advice_levels) = 0 AND kinds && ARRAY{ADVICE}::varchar[])" if "unsaid" in chosen else ""
    return f"({said} {unsaid})"


def kinds_meant(chosen: Iterable[str]) -> set[str]:
    """A health setting is any of four kinds of place."""
    return {kind for each in chosen for kind in (HEALTH_SETTINGS if each == "health" else (each,))}


def held_at(kinds: Iterable[str]) -> str:
    named = ", ".join(f"'{each}'" for each in sorted(kinds))
    return f"""EXISTS (SELECT 1 FROM directory_serviceatlocation a JOIN directory_location l ON l.id = a.location_id
        WHERE a.service_id = s.id AND l.place_kind IN ({named}))"""


def open_now() -> str:
    """The made-up hours are over by midnight."""
    here = now().astimezone(LONDON)
    if here.date() in BANK_HOLIDAYS:
        return "false"
    return f"""EXISTS (SELECT 1 FROM directory_schedule t WHERE t.service_id = s.id AND (valid_to IS NULL OR valid_to >= %(today)s)
        AND t.byday LIKE '%%{ORDER[here.weekday()]}%%' AND opens_at <= '{here:%H:%M}' AND closes_at > '{here:%H:%M}')"""


def happens(when: str) -> str:
    """The made-up schedules are weekly and name their days."""
    day, _, part = when.partition("-")
    hours = ""
    if part:
        begins, ends = PARTS[part]
        hours = f""" AND opens_at < '{ends}' AND CASE WHEN closes_at > opens_at THEN closes_at > '{begins}'
            ELSE opens_at >= '{begins}' END"""
    return f"""EXISTS (SELECT 1 FROM directory_schedule t WHERE t.service_id = s.id AND t.byday LIKE '%%{day}%%'
        AND (valid_to IS NULL OR valid_to >= %(today)s){hours})"""


def saying(looking: Looking) -> str:
    likely, asked = words.likely_words(looking.words), words.asked_words(looking.words)
    bare, sure = [bared(each) for each in dict.fromkeys([*asked, *likely])], [bared(each) for each in likely]
    named = " OR ".join(f"search_vector @@ to_tsquery('english', '{each}:A')" for each in sure)
    shares = f"{COUNT_SHARED.format(one='%(threes)s::text[]', other='show_trgm(s.name)')}::float8 / {max(1, len(told(looking)['threes']))}"
    alike = f"({shares} >= 0.6 AND {CLOSE})"
    return f"""
        ts_rank(search_vector, {any_of(bare)}, 32)::float8 AS by_stem, {shares} AS share, {every(sure)} AS every,
        {alike} AS is_alike, CASE WHEN {named} THEN 3 WHEN {alike} THEN 2
        WHEN {" OR ".join(f"({says(word, bare)})" for word, bare in zip(likely, sure, strict=True))} THEN 1 ELSE 0 END AS own"""


CLOSE = f"""EXISTS (SELECT 1 FROM unnest(%(asked)s::text[]) one, regexp_split_to_table(s.name, '[^[:alnum:]]+') other
    WHERE {COUNT_SHARED.format(one="show_trgm(one)", other="show_trgm(other)")} >= 0.5 * cardinality(show_trgm(one)))"""


def bared(word: str) -> str:
    return word.replace("’", "'").split("'")[0]


def any_of(bare: list[str]) -> str:
    return "(" + " || ".join(f"to_tsquery('english', '{each}')" for each in bare) + ")"


def every(bare: list[str]) -> str:
    return "search_vector @@ (" + " && ".join(f"to_tsquery('english', '{each}')" for each in bare) + ")"


def says(word: str, bare: str) -> str:
    if not words.labelled(word, "needs", "categories"):
        return f"search_vector @@ to_tsquery('english', '{bare}:ABC')"
    kinds = "{" + ",".join(words.labelled(word, "kinds")) + "}"
    return f"search_vector @@ to_tsquery('english', '{bare}:AC') OR kinds && '{kinds}'::varchar[]"


def counts(ids: list[Any]) -> dict[str, dict[str, int]]:
    """How many of these listings there are of each id, group by group."""
    found: dict[str, dict[str, int]] = {}
    with connection.cursor() as cursor:
        for group in ("needs", "kinds", "categories", "access_needs", "languages", "advice_levels", "course_levels"):
            cursor.execute(
                f"SELECT each, count(*) FROM directory_service s, unnest(s.{group}) each WHERE s.id = ANY(%s) GROUP BY 1",
                [ids],
            )
            found[group] = dict(cursor.fetchall())
        for group, condition in {"is_free": FREE, "has_room": "places_taken < capacity_places"}.items():
            cursor.execute(
                f"SELECT 'yes', count(*) FROM directory_service s WHERE s.id = ANY(%s) AND {condition}", [ids]
            )
            found[group] = {each: n for each, n in cursor.fetchall() if n}
        cursor.execute(
            "SELECT borough_code, count(DISTINCT a.service_id) FROM directory_serviceatlocation a"
            " JOIN directory_location l ON l.id = a.location_id WHERE a.service_id = ANY(%s) AND borough_code <> ''"
            " GROUP BY 1",
            [ids],
        )
        found["boroughs"] = dict(cursor.fetchall())
        cursor.execute(
            f"SELECT count(*) FILTER (WHERE {advises(['unsaid'])}) FROM directory_service s WHERE s.id = ANY(%s)", [ids]
        )
        (unsaid,) = cursor.fetchone()
        found["advice_levels"] |= {"unsaid": unsaid} if unsaid else {}
        columns = ", ".join(f"count(*) FILTER (WHERE {held_at(kinds_meant([each]))})" for each in PLACES)
        cursor.execute(f"SELECT {columns} FROM directory_service s WHERE s.id = ANY(%s)", [ids])
        found["place_kinds"] = {each: n for each, n in zip(PLACES, cursor.fetchone(), strict=True) if n}
    return found


def at_times(ids: list[Any], times: tuple[str, ...]) -> dict[str, int]:
    """How many of these listings there are at each of these times, and how many are open."""
    with connection.cursor() as cursor:
        columns = ", ".join(f"count(*) FILTER (WHERE {each})" for each in (*map(happens, times), open_now()))
        cursor.execute(
            f"SELECT {columns} FROM directory_service s WHERE s.id = ANY(%(ids)s)", {"ids": ids, "today": today()}
        )
        return dict(zip((*times, "now"), cursor.fetchone(), strict=True))
