"""The one way the index is asked: written for each database, and planned for the words that are looked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection


def rows(sql: str, facts: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What it answers, whole.

    Everything else that is asked often keeps one plan for all values. Which way is short here depends on how many hold
    the words: with one plan for all, PostgreSQL fetched 20,000 documents where 500 were enough (40 ms became 450).
    """
    if connection.vendor != "postgresql":
        return _fetched(sql, facts)
    with connection.execute_wrapper(_planned_anew):
        return _fetched(sql, facts)


def _fetched(sql: str, facts: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        return list(cursor.fetchall())


def _planned_anew(_execute: Callable[..., Any], sql: str, params: Any, _many: bool, context: dict[str, Any]) -> Any:
    return context["cursor"].cursor.execute(sql, params, prepare=False)
