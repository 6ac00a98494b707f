"""Words that staff watch for: whoever writes one is asked to think again, or it waits, or staff look at it."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.jobs import task
from community.members.models import Member
from community.members.words import weigh_by
from community.moderation.models.case import Case, Note
from community.moderation.models.kinds import Kind
from community.moderation.models.listed import Listed
from community.moderation.models.moderatable import Moderatable
from community.order import rows_first

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 500  # words and phrases: each is looked for in every text
LONGEST = 160  # characters of a phrase as it is looked for
THOUGHT = 3600  # seconds for which a text counts as thought about
KNOWN = "watch-words"
THINK = _("You wrote “%(words)s”. Is that how you want to say it? Send it again to leave it as it is.")


class WatchWord(Listed):
    """A word or phrase, as staff put it down and as it is looked for (`plain`: see `plain_words`)."""

    sign, cached = "watch-word", KNOWN

    class Does(models.TextChoices):
        ASK = "ask", _("Ask the writer to think again")
        HOLD = "hold", _("Hold it for approval")
        TELL = "tell", _("Show it, and open a case for staff")

    words = models.CharField(_("word or phrase"), max_length=80)
    plain = models.CharField(max_length=LONGEST, unique=True, editable=False)
    does = models.CharField(_("what happens"), max_length=10, choices=Does, default=Does.ASK)

    class Meta:
        ordering = ["plain"]

    def __str__(self) -> str:
        return self.words

    def get_absolute_url(self) -> str:
        return reverse("moderation:word", args=[self.pk])

    def clean(self) -> None:
        self.plain = plain_words(self.words)
        if not self.plain.strip():
            raise ValidationError({"words": _("There is no letter and no number in it.")})
        if len(self.plain) > LONGEST:  # one sign can stand for a whole phrase
            raise ValidationError({"words": _("This is too long. Choose fewer words.")})
        if WatchWord.objects.filter(plain=self.plain).exclude(pk=self.pk).exists():
            raise ValidationError({"words": _("This is on the list already.")})
        if self.pk is None and WatchWord.objects.count() >= MOST:
            raise ValidationError(_("There are %(n)s on the list. Take one off first.") % {"n": MOST})

    @classmethod
    def listed(cls) -> list[WatchWord]:
        """All of them, for staff, in the order of the alphabet."""
        return list(cls.objects.all())


def plain_words(text: str) -> str:
    """Its words between single blanks, without case, accents and signs: so what is equal here reads the same."""
    letters = (char for char in unicodedata.normalize("NFKD", text) if unicodedata.category(char) not in {"Mn", "Cf"})
    return f" {' '.join(''.join(char if char.isalnum() else ' ' for char in letters).casefold().split())} "


def watched(text: str, does: str) -> list[str]:
    """Which of the words that do so stand in a text, whole. One look through it for each: no pattern can be slow."""
    wanted = [(plain, words) for plain, words, what in _known() if what == does]
    if not wanted:
        return []
    read = plain_words(text)
    return [words for plain, words in wanted if plain in read]


def think_again(member: Member, text: str) -> bool:
    """Whether the member is to be asked about this text: once, so sending it again is the answer."""
    seen = hashlib.sha256(text.encode()).hexdigest()
    return cache.add(f"thought-{member.pk}-{seen}", 1, THOUGHT)


def weigh(member: Member, words: str, before: str) -> str:
    """Why these words are not taken where nobody looks first, such as in a profile."""
    fresh = {does: set(watched(words, does)) - set(watched(before, does)) for does in WatchWord.Does.values}
    if fresh[WatchWord.Does.HOLD] and not member.is_staff:
        return gettext("“%(words)s” is looked at before it is shown, and here nothing can wait. Ask staff.") % {
            "words": ", ".join(sorted(fresh[WatchWord.Does.HOLD]))
        }
    asked = fresh[WatchWord.Does.ASK] | fresh[WatchWord.Does.TELL]
    return THINK % {"words": ", ".join(sorted(asked))} if asked and think_again(member, words) else ""


def tell_of(thing: Moderatable, text: str) -> None:
    """Staff look at a thing that is shown, where one of their words is in it. A little later: nobody waits for it."""
    found = watched(text, WatchWord.Does.TELL)
    if found:
        open_case.enqueue(thing.subject, found)


weigh_by(weigh)


@task()
def open_case(subject: str, words: list[str]) -> None:
    """A case about it, with a note that says why. Run again, it adds no second note."""
    thing = Moderatable.find(subject)
    if thing is None or thing.is_gone or getattr(thing.stands_in, "is_confidential", False):
        return  # what a confidential group says is for its leads, unless somebody reports it
    said = gettext("It holds words that staff watch for: %(words)s") % {"words": _listed(words)}
    with transaction.atomic(), rows_first():
        thing.hold_row()
        Case.gather(subject, Kind.OTHER, timezone.now())
        if said not in {note.words for note in Note.about(subject)}:
            Note.add(subject, None, said)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)[:200]


def _known() -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] | None = cache.get(KNOWN)
    if found is None:
        found = list(WatchWord.objects.values_list("plain", "words", "does"))
        cache.set(KNOWN, found, 60)
    return found
