"""Linkworks's own finding, as pages use it: the count, the best twenty, and how many of each kind."""

from linkworks.core.clock import today
from linkworks.directory.queries.finding import wish_of
from linkworks.directory.queries.index import Answers, answer
from linkworks.directory.queries.index.question import Question
from linkworks.directory.queries.index.ranking import best
from linkworks.directory.queries.index.shelves import Shelves

from . import Found

TOP = 20


class Ours:
    def __init__(self, shelves: Shelves) -> None:
        self.shelves = shelves
        today()

    def find(self, question: Question) -> Found:
        return shaped(answer(self.shelves, question, wish_of(question.looking)))


def shaped(answers: Answers) -> Found:
    top = answers.weighed.rows[best(min(TOP, len(answers)), answers.weighed.keys)]
    return Found(len(answers), top.tolist(), answers.numbers.tolist(), answers.weighed.rows)
