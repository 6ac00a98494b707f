"""How much of what happens in a group may leave the house by letter, as its leads set it."""

from __future__ import annotations

from functools import lru_cache

from community import richtext
from community.notifications.told import Told
from groups.models.choices import MailPrivacy
from groups.models.group import Group

EXCERPT = 200


def told_of(group: Group, title: str, body: str = "", whole: str = "") -> Told:
    """The group's name always; a title and the words' beginning; all words: by the group's e-mail level."""
    privacy = MailPrivacy.LINK if group.is_confidential else group.mail_privacy
    known = {"place": group.name, "list_id": group.slug, "whole": whole}
    if privacy == MailPrivacy.LINK:
        return Told(**known)
    words = _plain(body) if privacy == MailPrivacy.FULL else _excerpt(body)
    return Told(**known, title=title, words=words)


@lru_cache(maxsize=256)  # one post goes into many letters
def _plain(body: str) -> str:
    return richtext.plain(body)


@lru_cache(maxsize=256)
def _excerpt(body: str) -> str:
    return richtext.excerpt(body, EXCERPT)
