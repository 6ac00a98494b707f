"""Questions that every page asks: put into SQL once a day by the querysets themselves, then asked with other values.

Django needs up to 2 ms to make SQL of a queryset with joins and subqueries, the database 0.1 ms to answer it. What is
asked stays what the queryset says, rules of access included, and the database is asked each time: only the making is
saved. It rests on how Django reads rows (`ModelIterable`, the compiler); the tests hold it to what querysets answer.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from types import SimpleNamespace
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connection, models
from django.db.models.query import ModelIterable
from django.utils import timezone

M = TypeVar("M", bound=models.Model)
FIRST = 2**61  # stand-ins for numbers: no row has such a key


class Made(NamedTuple):
    """A question in SQL, with stand-ins among its parameters, and what reads the rows of its answer."""

    queryset: models.QuerySet[Any]
    compiler: Any
    sql: str
    params: tuple[Any, ...]


class Asked(Generic[M]):
    """`ask` makes a queryset of whole rows from numbers and words by name. Called with such, it gives the rows.

    `ask` sees stand-ins: it puts the values into filters and does nothing else with them. What it says of today holds
    for a day.
    """

    def __init__(self, ask: Callable[..., models.QuerySet[M]]) -> None:
        self.ask = ask
        self._made: dict[Any, Made] = {}

    def __call__(self, **values: int | str) -> list[M]:
        stand_ins = {name: _stand_in(name, value, n) for n, (name, value) in enumerate(values.items())}
        key = (connection.vendor, timezone.localdate(), *stand_ins.values())
        made = self._made.get(key)
        if made is None:
            made = self._make(stand_ins)
            self._made = {key: made}
        given = {stand_ins[name]: value for name, value in values.items()}
        params = tuple(given.get(param, param) if isinstance(param, (int, str)) else param for param in made.params)
        ready = copy(made.compiler)
        ready.connection, ready.as_sql = connection, lambda *_args, **_more: (made.sql, params)
        query: Any = SimpleNamespace(get_compiler=lambda using: ready)
        return list(ModelIterable(type(made.queryset)(model=made.queryset.model, query=query)))

    def _make(self, stand_ins: dict[str, int | str]) -> Made:
        queryset = self.ask(**stand_ins)
        compiler = queryset.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        return Made(queryset, compiler, sql, tuple(params))


def _stand_in(name: str, value: int | str, n: int) -> int | str:
    return FIRST + n if isinstance(value, int) else f"stand-in-for-{name}"
