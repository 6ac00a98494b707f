"""That a thing ("threads.post", 12) leads to another ("documents.document", 3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models, transaction

from community import live, things
from community.members.models import Member
from groups.models import Group

MOST_LOOKED_AT = 200  # of the places where a thing is talked about, the latest


class Link(models.Model):
    """One thing's text leads to another."""

    source_model = models.CharField(max_length=80)
    source_id = models.PositiveBigIntegerField()
    target_model = models.CharField(max_length=80)
    target_id = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint("source_model", "source_id", "target_model", "target_id", name="one_link_a_pair"),
        ]
        indexes = [models.Index(fields=["target_model", "target_id", "-id"], name="talked_about")]

    def __str__(self) -> str:
        return f"{self.source_model}-{self.source_id} > {self.target_model}-{self.target_id}"


class MayQuote:
    """A model whose `body` people write: what it quotes of posts and messages goes out of sight with those.

    What writes one ends with `quoted.settle`.
    """

    told_as: ClassVar[tuple[str, str] | None] = None  # which thing staff are led to, and the path to its key

    def read_as(self, body: str) -> None:
        """What it quotes went out of sight, or came back. Saves it, and shows it anew where it is shown."""
        raise NotImplementedError

    def went_for_good(self, written: str) -> None:
        """What was out of sight here went for good, and `written` is what is left of what was written."""


class StartManager(models.Manager["Start"]):
    def get_queryset(self) -> models.QuerySet[Start]:
        return super().get_queryset().annotate(body=models.F("welcome"))


class Start(MayQuote, Group):
    """A group as what its newcomers read first, which its leads write and which may quote."""

    objects: ClassVar[Any] = StartManager()

    class Meta:
        proxy = True

    def read_as(self, body: str) -> None:
        """What it quotes went out of sight, or came back."""
        Group.objects.filter(pk=self.pk).update(welcome=body)
        live.publish(f"group-{self.pk}", "refresh")


class Covered(models.Model):
    """A text as it was `written`, while part of what it quotes is out of sight: its row says only what is `said`.

    `texts` holds both, to be changed as one where somebody who is named there is erased.
    """

    thing_model = models.CharField(max_length=80)
    thing_id = models.PositiveBigIntegerField()
    texts = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint("thing_model", "thing_id", name="covered_once")]

    @property
    def written(self) -> str:
        return str(self.texts["written"])

    @property
    def said(self) -> str:
        return str(self.texts["said"])

    @classmethod
    def of(cls, row: models.Model) -> Covered | None:
        model, pk = things.name_of(row)
        return cls.objects.filter(thing_model=model, thing_id=pk).first()

    @classmethod
    def keep(cls, row: models.Model, written: str, said: str) -> None:
        """As long as the two differ."""
        model, pk = things.name_of(row)
        if written == said:
            cls.objects.filter(thing_model=model, thing_id=pk).delete()
        else:
            texts = {"written": written, "said": said}
            cls.objects.update_or_create(thing_model=model, thing_id=pk, defaults={"texts": texts})


def note(source: models.Model, targets: Iterable[things.Name]) -> None:
    """These, and only these, are what the source leads to now."""
    model, pk = things.name_of(source)
    known = Link.objects.filter(source_model=model, source_id=pk)
    now, before = set(targets), {(link.target_model, link.target_id): link.pk for link in known}
    if gone := [key for name, key in before.items() if name not in now]:
        known.filter(pk__in=gone).delete()
    made = [Link(source_model=model, source_id=pk, target_model=to, target_id=n) for to, n in now - before.keys()]
    Link.objects.bulk_create(made, ignore_conflicts=True)


def cite(source: models.Model, targets: set[things.Name], writer: Member | None, *, anew: bool = False) -> None:
    """Note those that its writer may see, and have those that are cited now or no more say so on their page.

    What was noted before stays as long as it is cited: whoever wrote it could see it then. Without a writer all are
    noted. `anew`: what they say of it changed, so all do. They are told once this is certain.
    """
    model, pk = things.name_of(source)
    before = set(_targets(model, pk))
    into = things.gone_into(before)
    stay = targets & {into.get(name, name) for name in before}
    now = targets if writer is None else stay | things.visible_names(writer, targets - stay)
    note(source, now)
    touched = before | now if anew else before ^ now
    transaction.on_commit(lambda: _tell(touched), robust=True)


def tell_cited(source: models.Model) -> None:
    """It went out of sight, and nobody is led to it: those that it cites are told once this is certain."""
    touched = set(_targets(*things.name_of(source)))
    transaction.on_commit(lambda: _tell(touched), robust=True)


def _targets(model: str, pk: int) -> Iterable[things.Name]:
    return Link.objects.filter(source_model=model, source_id=pk).values_list("target_model", "target_id")


@transaction.atomic
def _tell(names: set[things.Name]) -> None:
    for label, pk in sorted(names):
        live.publish(f"{label.rpartition('.')[2]}-{pk}", "refresh", "cited-in")


def cited_by(source: models.Model, reader: Member, most: int) -> list[Any]:
    """What it leads to, as far as the reader may see that."""
    names = list(_targets(*things.name_of(source)))[:MOST_LOOKED_AT]
    seen = things.seen_by(reader, names, in_sight=True)
    return [seen[name] for name in names if name in seen][:most]


def talk_about(target: models.Model, reader: Member, most: int) -> list[Any]:
    """Where the reader may see the thing talked about, the latest first; each whole thing once, by its latest part."""
    model, pk = things.name_of(target)
    found = Link.objects.filter(target_model=model, target_id=pk).order_by("-pk")[:MOST_LOOKED_AT]
    names = [(link.source_model, link.source_id) for link in found]
    seen = things.seen_by(reader, names, in_sight=True)
    once: dict[Any, Any] = {}
    for name in names:
        if name in seen and not getattr(seen[name], "is_hidden", False):
            once.setdefault(things.name_of(getattr(seen[name], "thread", seen[name])), seen[name])
    return list(once.values())[:most]
