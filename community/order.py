"""Rows, then the ledger, then the streams: the one order in which deeds take what others wait for.

Nearly every deed holds its rows first, and two that took the ledger and a row, or the ledger and a stream, the other
way round would wait for each other for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Late = dict[str, list[Callable[[], object]]]

_late: ContextVar[Late | None] = ContextVar("late", default=None)


@contextmanager
def rows_first() -> Iterator[None]:
    """For deeds that take rows here and there: what they put into the ledger and tell is done at the end, in its order.

    Inside the deed's transaction. A deed that such a deed calls ends with it; one that fails does neither.
    """
    if _late.get() is not None:
        yield
        return
    late: Late = {"ledger": [], "streams": []}
    token = _late.set(late)
    try:
        yield
    finally:
        _late.reset(token)
    for do in (*late["ledger"], *late["streams"]):
        do()


def at_its_turn(what: str, do: Callable[[], object]) -> None:
    """Do it now, or at the end of a deed that takes its rows first. `what`: "ledger" or "streams"."""
    late = _late.get()
    if late is None:
        do()
    else:
        late[what].append(do)
