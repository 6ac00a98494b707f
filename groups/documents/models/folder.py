"""A folder of a group's library; folders stand in folders, some levels deep."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community import ledger
from community.members.models import Member
from community.policy import Refused
from groups.models import Group

MOST = 200  # of one group: a list that can be looked through
DEEPEST = 4


class FolderQuerySet(models.QuerySet["Folder"]):
    def visible_to(self, member: Member) -> FolderQuerySet:
        """Folders of the groups whose inside the member may read."""
        return self.filter(group__in=Group.objects.visible_to(member))


class Folder(models.Model):
    """Where documents of one matter stand together. Two of one name never stand in the same place."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="folders")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="folders")
    name = models.CharField(_("name"), max_length=80)

    depth: int  # and
    path: str  # "Templates / Letters": given by `tree_of`

    objects = FolderQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return getattr(self, "path", self.name)

    def get_absolute_url(self) -> str:
        return f"{reverse('documents:list', args=[self.group.slug])}?folder={self.pk}"

    @classmethod
    def tree_of(cls, group: Group) -> list[Folder]:
        """All of the group, each below the one it stands in, with its `depth` and `path`."""
        inside: dict[int | None, list[Folder]] = {}
        for folder in group.folders.all():
            inside.setdefault(folder.parent_id, []).append(folder)
        found: list[Folder] = []
        waiting = [(folder, 0, "") for folder in reversed(inside.get(None, []))]
        while waiting:
            folder, folder.depth, above = waiting.pop()
            folder.path = f"{above}{folder.name}"
            found.append(folder)
            waiting += [(each, folder.depth + 1, f"{folder.path} / ") for each in reversed(inside.get(folder.pk, []))]
        return found

    @classmethod
    @transaction.atomic
    def add(cls, by: Member, group: Group, name: str, parent: Folder | None = None) -> Folder:
        """A new folder, in another or at the top."""
        group.lock()
        tree = cls.tree_of(group)
        if len(tree) >= MOST:
            raise Refused(_("There are %(most)s folders already. Remove some first.") % {"most": MOST})
        if parent and next(each.depth for each in tree if each.pk == parent.pk) + 1 >= DEEPEST:
            raise Refused(_("Folders stand at most %(most)s deep.") % {"most": DEEPEST})
        folder = cls(group=group, parent=parent)
        folder._take_name(name)
        folder._record(by, "add-folder")
        return folder

    @transaction.atomic
    def rename(self, by: Member, name: str) -> None:
        """The same folder by another name; addresses stay."""
        self.group.lock()
        self._take_name(name)
        self._record(by, "rename-folder")

    @transaction.atomic
    def take_away(self, by: Member) -> None:
        """What stands in it moves up to where the folder stood."""
        self.group.lock()
        self.folders.update(parent=self.parent)
        self.documents.update(folder=self.parent)
        self._record(by, "remove-folder")
        self.delete()

    def _take_name(self, name: str) -> None:
        self.name = " ".join(name.split())
        beside = Folder.objects.filter(group=self.group, parent=self.parent, name__iexact=self.name)
        if beside.exclude(pk=self.pk).exists():
            raise Refused(_("There is a folder of that name here already."))
        self.save()

    def _record(self, by: Member, act: str) -> None:
        ledger.record(by, act, self.group.stream, folder=self.pk, name=self.name)


def below(tree: list[Folder], number: str) -> tuple[Folder | None, list[Any]]:
    """The folder of that number, and the keys of it and of all that stand in it."""
    for place, folder in enumerate(tree):
        if str(folder.pk) == number:
            keys = [folder.pk]
            for each in tree[place + 1 :]:
                if each.depth <= folder.depth:
                    break
                keys.append(each.pk)
            return folder, keys
    return None, []
