"""A raw scan: every column of every listing and the distance to every place, for each question. Nothing is left out early."""

from functools import reduce

import numpy as np

from linkworks.directory.queries.finding import wish_of
from linkworks.directory.queries.index import ids, points
from linkworks.directory.queries.index.answers import Answers, whole_matches
from linkworks.directory.queries.index.heard import heard
from linkworks.directory.queries.index.question import Question
from linkworks.directory.queries.index.reach import kilometres
from linkworks.directory.queries.index.shelves import Shelves

from . import Found
from .ours import shaped


class Scan:
    def __init__(self, shelves: Shelves) -> None:
        self.shelves, self.columns = shelves, shelves.large

    def find(self, question: Question) -> Found:
        looking, columns = question.looking, self.columns
        distance = np.full(len(columns), np.inf)
        np.minimum.at(distance, columns.places.rows, kilometres(columns.places, slice(None), looking.near))
        has_place = columns.flat["has_place"]
        near = (distance <= looking.within_km) | (~has_place if looking.words or looking.needs else False)
        rows = np.flatnonzero(reduce(np.logical_and, self.masks(question), near))
        said = heard(columns, rows, question) if question.typed else points.silent(len(rows))
        needed = points.has_any(columns, rows, "needs", looking.needs)
        asked = points.Asked(columns, rows, distance[rows], said, needed).only(said.answers)
        weighed = points.scored(asked, question, wish_of(looking))
        return shaped(Answers(self.shelves, question, whole_matches(weighed, question), points.NOTHING))

    def masks(self, question: Question) -> list[np.ndarray]:
        looking, flat = question.looking, self.columns.flat
        found = [np.ones(len(self.columns), np.bool_)]
        for group in ("needs", "times"):
            if getattr(looking, group):
                found.append((flat[group] & np.uint64(ids.mask(group, getattr(looking, group)))) != 0)
        for group in ("access_needs", "languages"):
            wanted = np.uint64(ids.mask(group, getattr(looking, group)))
            found.append((flat[group] & wanted) == wanted)
        return [*found, flat["is_free"]] if looking.is_free else found
