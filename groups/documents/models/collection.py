"""A curated set of documents, also of other groups: "Start here", "Annual return pack"."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community import ledger
from community.members.models import Member
from community.policy import Refused
from groups.documents.models.document import Document
from groups.models import LEADING, Group, Membership

MOST, MOST_ITEMS = 30, 100  # collections of a group, documents of one


class CollectionQuerySet(models.QuerySet["Collection"]):
    def visible_to(self, member: Member) -> CollectionQuerySet:
        """Those of the groups whose inside the member may read. Of what is in it they see what they may see anyway."""
        return self.filter(group__in=Group.objects.visible_to(member))

    def looked_after_by(self, member: Member) -> CollectionQuerySet:
        """Of these, to which the member may add: those of groups they lead, for staff all."""
        return self if member.is_staff else self.filter(group__in=Membership.objects.places_of(member, LEADING))


class Collection(models.Model):
    """It belongs to the group whose leads look after it."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="collections")
    name = models.CharField(_("name"), max_length=80)
    words = models.CharField(_("what it is for"), max_length=500, blank=True)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("documents:collection", args=[self.group.slug, self.pk])

    @transaction.atomic
    def describe(self, by: Member, name: str, words: str) -> None:
        """Set it up, or call it something else. Two of one name would be mixed up."""
        self.group.lock()
        beside = Collection.objects.filter(group=self.group).exclude(pk=self.pk)
        self.name, self.words = " ".join(name.split()), words
        if beside.filter(name__iexact=self.name).exists():
            raise Refused(_("There is a collection of that name already."))
        if self.pk is None and beside.count() >= MOST:
            raise Refused(_("There are %(most)s collections already. Remove one first.") % {"most": MOST})
        self.save()
        self._record(by, "collect")

    @transaction.atomic
    def take_away(self, by: Member) -> None:
        """The documents stay where they are."""
        self._record(by, "remove-collection")
        self.delete()

    @transaction.atomic
    def add(self, by: Member, document: Document, note: str = "") -> None:
        """At its end. What is in it already gets the new note."""
        self._lock()
        item = self.items.filter(document=document).first()
        if item is None:
            if self.items.count() >= MOST_ITEMS:
                raise Refused(_("A collection holds at most %(most)s documents.") % {"most": MOST_ITEMS})
            last = self.items.aggregate(last=Max("place"))["last"] or 0
            item = Item(collection=self, document=document, place=last + 1)
        item.note = note
        item.save()
        self._record(by, "add-to-collection", document=document.pk)

    @transaction.atomic
    def drop(self, by: Member, document: int) -> None:
        """Out of it."""
        self._lock()
        self.items.filter(document=document).delete()
        self._record(by, "drop-from-collection", document=document)

    @transaction.atomic
    def move(self, document: int, *, up: bool) -> None:
        """One place up or down, among all that is in it."""
        self._lock()
        item = self.items.filter(document=document).first()
        if item is None:
            return
        beside = self.items.filter(place__lt=item.place) if up else self.items.filter(place__gt=item.place)
        other = beside.order_by("-place" if up else "place").first()
        if other:
            item.place, other.place = other.place, item.place
            Item.objects.bulk_update([item, other], ["place"])

    def _lock(self) -> None:
        Collection.objects.select_for_update(no_key=True).get(pk=self.pk)

    def _record(self, by: Member, act: str, **facts: Any) -> None:
        ledger.record(by, act, self.group.stream, collection=self.pk, name=self.name, **facts)


class ItemQuerySet(models.QuerySet["Item"]):
    def visible_to(self, member: Member) -> ItemQuerySet:
        """What the member may see of what is in collections; hidden documents are in none."""
        return self.filter(document__in=Document.objects.visible_to(member).filter(hidden=None))

    def to_show(self) -> ItemQuerySet:
        """Each with its document, which has all that it needs."""
        return self.prefetch_related(models.Prefetch("document", Document.objects.to_show()))


class Item(models.Model):
    """A document in a collection, with what its curators say of it."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="items")
    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    place = models.PositiveIntegerField()
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["place", "pk"]
        constraints = [models.UniqueConstraint("collection", "document", name="once_in_a_collection")]

    def __str__(self) -> str:
        return f"{self.collection}: {self.document}"
