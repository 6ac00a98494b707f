"""All threads, group by group."""

from __future__ import annotations

from community.demo import threads_data, threads_inclusion, threads_others, threads_teaching, threads_workforce
from community.demo.script import Talk

TALKS: list[Talk] = [
    *threads_workforce.TALKS,
    *threads_inclusion.TALKS,
    *threads_teaching.TALKS,
    *threads_data.TALKS,
    *threads_others.TALKS,
]
