"""Questions that every page asks: put into SQL once a day by the querysets themselves, then asked with other values.

Django needs up to 2 ms to make SQL of a queryset with joins and subqueries and 0.3 ms to ready itself for the rows, the
database 0.1 ms to answer. What is asked stays what the queryset says, rules of access included, and the database is
asked each time: only the making is saved. It rests on how Django reads rows (`ModelIterable`, the compiler); the tests
hold it to what querysets answer.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Collection, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.query import RelatedPopulator, get_related_populators
from django.utils import timezone

M = TypeVar("M", bound=models.Model)
FIRST = 2**61  # stand-ins for numbers: no row has such a key


class Made(NamedTuple):
    """A question in SQL and what reads the rows of its answer."""

    begins: float  # the day it is about, in seconds since the epoch
    ends: float
    sql: str
    params: tuple[Any, ...]
    places: list[tuple[int, str]]  # which of `params` is a stand-in, and for what
    model: type[models.Model]
    columns: slice  # of a row: those of the model itself
    fields: list[str]
    related: list[RelatedPopulator]
    converters: list[tuple[int, list[Callable[..., Any]], Any]]  # by column, with the expression that is read
    annotations: list[tuple[str, int]]  # what is said of each row besides, and in which column
    lookups: tuple[Any, ...]  # what is read with them all

    def read(self, row: tuple[Any, ...]) -> Any:
        values = list(row)
        for column, converters, expression in self.converters:
            for convert in converters:
                values[column] = convert(values[column], expression, connection)
        found = self.model.from_db(DEFAULT_DB_ALIAS, self.fields, values[self.columns])
        for each in self.related:
            each.populate(values, found)
        for name, column in self.annotations:
            setattr(found, name, values[column])
        return found


class Asked(Generic[M]):
    """`ask` makes a queryset of whole rows from numbers and words by name. Called with such, it gives the rows.

    `ask` sees stand-ins: it puts the values into filters and does nothing else with them. What it says of today holds
    for a day.
    """

    def __init__(self, ask: Callable[..., models.QuerySet[M]]) -> None:
        self.ask = ask
        self._made: dict[Any, Made] = {}

    def __call__(self, **values: int | str) -> list[M]:
        made = self._ready(values)
        params = list(made.params)
        for n, name in made.places:
            params[n] = values[name]
        with connection.cursor() as cursor:
            cursor.execute(made.sql, params)
            rows = cursor.fetchall()
        found = [made.read(row) for row in rows]
        models.prefetch_related_objects(found, *made.lookups)
        return found

    def among(self, name: str, values: Collection[int], /, **others: int | str) -> set[int]:
        """Of these values for `name`, those for which there is any answer: one question for all of them."""
        if not values:
            return set()
        made = self._ready({name: 0, **others})
        places: dict[int, str] = dict(made.places)
        params: list[Any] = list(values)
        sql, *pieces = made.sql.split("%s")
        for n, piece in enumerate(pieces):
            if places.get(n) != name:
                params.append(others[places[n]] if n in places else made.params[n])
            sql += ("asked_for.one" if places.get(n) == name else "%s") + piece
        rows = ", ".join(["(%s)"] * len(values))
        with connection.cursor() as cursor:
            asked = f"WITH asked_for (one) AS (VALUES {rows}) SELECT one FROM asked_for WHERE EXISTS ({sql})"  # noqa: S608
            cursor.execute(asked, params)
            return {one for (one,) in cursor.fetchall()}

    def _ready(self, values: Mapping[str, int | str]) -> Made:
        key = (connection.vendor, *values, *map(type, values.values()))
        made = self._made.get(key)
        if made is None or not made.begins <= time.time() < made.ends:
            made = self._made[key] = self._make(values)
        return made

    def _make(self, values: Mapping[str, int | str]) -> Made:
        midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        stand_ins = {name: _stand_in(name, value, n) for n, (name, value) in enumerate(values.items())}
        queryset = self.ask(**stand_ins)
        compiler = queryset.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        names = {stand_in: name for name, stand_in in stand_ins.items()}
        places = [(n, names[each]) for n, each in enumerate(params) if isinstance(each, (int, str)) and each in names]
        select, shape = compiler.select, compiler.klass_info
        first, last = shape["select_fields"][0], shape["select_fields"][-1]
        converters = compiler.get_converters([each[0] for each in select])
        return Made(
            begins=midnight.timestamp(),
            ends=(midnight + dt.timedelta(days=1)).timestamp(),
            sql=sql,
            params=tuple(params),
            places=places,
            model=shape["model"],
            columns=slice(first, last + 1),
            fields=[each[0].target.attname for each in select[first : last + 1]],
            related=get_related_populators(shape, select, DEFAULT_DB_ALIAS),  # type: ignore[call-arg]
            converters=[(column, *each) for column, each in converters.items()],
            annotations=list(compiler.annotation_col_map.items()),
            lookups=queryset._prefetch_related_lookups,  # type: ignore[attr-defined]
        )


def _stand_in(name: str, value: int | str, n: int) -> int | str:
    return FIRST + n if isinstance(value, int) else f"stand-in-for-{name}"
