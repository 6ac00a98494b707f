"""Passages that comments are about: where they stand, and whether they can still be read there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps

if TYPE_CHECKING:
    from groups.documents.models.version import Version


def bare(words: str) -> str:
    """Its letters and figures alone: what stays the same however a text is marked up, broken into lines or copied."""
    return "".join(letter for letter in words.casefold() if letter.isalnum())


def follow(version: Version) -> None:
    """What its page quotes went out of sight or came back: so do the passages that comments on it say."""
    words = bare(version.words)
    for comment in _about(version):
        is_away = bare(comment.passage) not in words
        if comment.is_passage_away != is_away:
            comment.is_passage_away = is_away
            comment.save(update_fields=["is_passage_away"])
            comment.shown_anew()


def let_go(version: Version, words: str) -> None:
    """What its page quoted went for good while it was out of sight: passages that are not in these words do so, too."""
    for comment in _about(version).filter(is_passage_away=True):
        if bare(comment.passage) not in bare(words):
            comment.passage, comment.is_passage_away = "", False
            comment.save(update_fields=["passage", "is_passage_away"])


def _about(version: Version) -> Any:
    comments: Any = apps.get_model("documents.Comment")._default_manager
    return comments.to_show().filter(version=version).exclude(passage="").order_by("pk")
