"""Discussions that a text cites, found by their addresses: written out, as links, or relative to this site."""

from __future__ import annotations

import re

from django.apps import apps

from community import things
from groups.links.addresses import page_at

ADDRESS = re.compile(r"(?:https?://[^\s/<>\"')\]]+)?/(?:groups|posts|threads)/[^\s<>\"')\]]+")
MOST_LOOKED_AT = 200  # addresses in one text
THREAD, POST = "threads.thread", "threads.post"
LEAD_TO = {"threads:thread": THREAD, "threads:post": THREAD, "posts:thread": THREAD, "posts:post": POST}


def threads_cited_in(text: str) -> set[things.Name]:
    """The discussions of this site to which the addresses in it lead now, whoever may see them.

    A post leads to the discussion it stands in, and one that went into another to that.
    """
    found = set()
    for address in ADDRESS.findall(text)[:MOST_LOOKED_AT]:
        page = page_at(address.rstrip(".,;:!?"))
        label = LEAD_TO.get(page.view_name) if page else None
        if page and label:
            found.add((label, page.kwargs["pk"]))
    posts = [pk for label, pk in found if label == POST]
    of = apps.get_model(POST)._default_manager.filter(pk__in=posts).values_list("thread", flat=True) if posts else []
    threads = {name for name in found if name[0] == THREAD} | {(THREAD, pk) for pk in of}
    into = things.gone_into(threads)
    return {into.get(name, name) for name in threads}
