"""The site's own texts, such as terms and rules: each version as it was published, and who accepted which."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple, Self

from django.db import models, transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import compare, ledger, richtext
from community.members.models.people import Member
from community.order import rows_first
from community.policy import Refused

SHIPPED = Path(__file__).resolve().parent.parent / "texts"
NUMBERED = re.compile(r"^(?=\*\*\d{1,2}\.\d{1,2}\*\* )", re.MULTILINE)  # a rule begins: "**3.2** No pictures …"
MOST = 60_000  # characters


class Unread(Refused):
    """Somebody would accept a version that is in force no more: another one was published while they read."""


class Piece(NamedTuple):
    """A part of a text to link to: "3-2" is the anchor of rule 3.2, "" that of what stands before the first rule."""

    anchor: str
    html: str


class Waiting(NamedTuple):
    """A text that somebody has to accept, and its versions since the one that they accepted, the latest first."""

    text: SiteText
    newer: list[SiteText]

    @property
    def accepted(self) -> int:
        """The number of the version that they accepted last; 0 if none."""
        return (self.newer[-1].number or 1) - 1


class SiteTextQuerySet(models.QuerySet["SiteText"]):
    def visible_to(self, member: Member) -> Self:
        """What is published, for everybody; drafts, for staff."""
        is_theirs = member.is_authenticated and member.is_staff and member.has_standing()
        return self if is_theirs else self.published()

    def published(self) -> Self:
        """The latest first."""
        return self.exclude(number=None).order_by("kind", "-number")

    def asked(self) -> Self:
        """Those that members have been asked to accept anew."""
        return self.published().exclude(accept_from=None)


class SiteText(models.Model):
    """A version of one of the texts. Published, it is never changed again; the one draft of a kind has no number."""

    class Kind(models.TextChoices):
        TERMS = "terms", _("Terms of use")
        RULES = "rules", _("Community rules")
        PRIVACY = "privacy", _("Privacy")
        SAFEGUARDING = "safeguarding", _("Keeping children safe")

    kind = models.CharField(max_length=20, choices=Kind)
    number = models.PositiveIntegerField(null=True, editable=False)
    body = models.TextField(_("text"), max_length=MOST)
    pieces = models.JSONField(default=list, editable=False, help_text="The text as HTML: see `Piece`")
    renderer = models.PositiveSmallIntegerField(default=0, editable=False)
    changed = models.CharField(_("what changed, in a sentence"), max_length=300, blank=True)
    written_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+", editable=False)
    published_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+", editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    accept_from = models.DateTimeField(null=True, editable=False, help_text="When members must have accepted it")
    told_at = models.DateTimeField(null=True, editable=False, help_text="When members were written to before that day")

    objects = SiteTextQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("kind", "number", name="one_text_of_a_number"),
            models.UniqueConstraint("kind", condition=Q(number=None), name="one_draft_of_a_text"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def get_absolute_url(self) -> str:
        return reverse("members:text-version", args=[self.kind, self.number])

    @property
    def name(self) -> str:
        """ "rules-3": by this a form says which version its reader saw."""
        return f"{self.kind}-{self.number}"

    @property
    def news(self) -> str:
        """What changed with it, in a sentence."""
        return self.changed or (gettext("The first version.") if self.number == 1 else "")

    @property
    def pages(self) -> list[Piece]:
        """The text to show, rule by rule where it is numbered."""
        return [Piece(*piece) for piece in self.pieces]

    @classmethod
    def in_force(cls, kind: str) -> SiteText:
        """The latest published; until there is one, the text that is shipped, which is version 1 once it matters."""
        return cls.objects.published().filter(kind=kind).first() or _shipped(kind)

    @classmethod
    def in_force_at(cls, kind: str, when: dt.datetime) -> SiteText:
        """The one that was in force then."""
        before = cls.objects.published().filter(kind=kind, published_at__lte=when).first()
        return before or cls.objects.filter(kind=kind, number=1, published_at=None).first() or _shipped(kind)

    def rule(self, sign: str) -> str:
        """The words of a rule by its sign ("3.2"), without the heading of what follows; "" if there is none."""
        parts = (part for part in NUMBERED.split(self.body) if _anchor(part) == sign.replace(".", "-") != "")
        return richtext.plain(re.split(r"\n\s*#", next(parts, ""))[0]).strip()

    @classmethod
    def versions_of(cls, kind: str) -> list[SiteText]:
        """All that were published, the latest first."""
        return list(cls.objects.published().filter(kind=kind)) or [_shipped(kind)]

    @classmethod
    def all_in_force(cls) -> list[SiteText]:
        found = {text.kind: text for text in cls.objects.published().order_by("number")}
        return [found.get(kind) or _shipped(kind) for kind in cls.Kind.values]

    @classmethod
    def draft_of(cls, kind: str) -> SiteText:
        """What staff are writing; if they are not, the text in force to begin from."""
        draft = cls.objects.filter(kind=kind, number=None).first()
        return draft or cls(kind=kind, body=cls.in_force(kind).body)

    @classmethod
    @transaction.atomic
    def write(cls, kind: str, body: str, by: Member, was: str | None = None) -> SiteText | None:
        """Keep the draft. None, and it stays as it is, if it is neither what it `was` nor what is to be kept."""
        cls.held(kind)
        draft = cls.draft_of(kind)
        if was is not None and draft.body.strip() not in {was.strip(), body.strip()}:
            return None
        draft._word(body)
        draft.written_by = by
        draft.save()
        return draft

    @transaction.atomic
    @rows_first()
    def publish(self, by: Member, changed: str, accept_from: dt.datetime | None) -> SiteText | None:
        """This draft, as its publisher read it, is the text from now on. None, and it is not, if it is another by now.

        With `accept_from`, members have to accept it by then.
        """
        before = SiteText.held(self.kind)
        draft = SiteText.objects.filter(kind=self.kind, number=None).first()
        if draft is None:
            raise Refused(_("There is no draft. A colleague may have published it meanwhile."))
        if draft.body.strip() != self.body.strip():
            return None
        draft.number, draft.published_at, draft.published_by = (before.number or 0) + 1, timezone.now(), by
        draft.changed, draft.accept_from = changed, accept_from
        draft.save()
        if accept_from:
            later = Q(must_accept_from=None) | Q(must_accept_from__gt=accept_from)
            Member.objects.filter(later).update(must_accept_from=accept_from)
        seal = hashlib.sha256(draft.body.encode()).hexdigest()
        ledger.record(by, "publish-text", f"sitetext-{draft.pk}", changed, text=draft.name, sha256=seal)
        return draft

    @classmethod
    def kept(cls, kind: str) -> SiteText:
        """The text in force as a row, which the shipped one becomes when somebody accepts it or staff go beyond it."""
        text = cls.in_force(kind)
        if text.pk:
            return text
        facts = {"body": text.body, "pieces": text.pieces, "renderer": text.renderer}
        return cls.objects.get_or_create(kind=kind, number=1, defaults=facts)[0]

    @classmethod
    def held(cls, kind: str) -> SiteText:
        """The text in force. Until this deed has ended nobody else writes, publishes or accepts a version of it."""
        cls.kept(kind)
        cls.objects.select_for_update(no_key=True).get(kind=kind, number=1)
        return cls.in_force(kind)

    @classmethod
    def waiting_for(cls, member: Member) -> list[Waiting]:
        """What the member has been asked to accept and has not, each in the version that is in force."""
        accepted = dict(member.acceptances.order_by().values_list("text__kind").annotate(Max("text__number")))
        newer: dict[str, list[SiteText]] = {kind: [] for kind in cls.Kind.values}
        for text in cls.objects.published():
            if (text.number or 0) > accepted.get(text.kind, 0):
                newer[text.kind].append(text)
        return [Waiting(texts[0], texts) for texts in newer.values() if any(text.accept_from for text in texts)]

    @property
    def not_accepted_by(self) -> models.QuerySet[Member]:
        """Who can come in and has accepted neither this version nor a later one."""
        done = Acceptance.objects.filter(member=OuterRef("pk"), text__kind=self.kind, text__number__gte=self.number)
        return Member.objects.with_standing().filter(~Exists(done)).order_by("pk")

    def since(self, before: SiteText) -> list[compare.Part]:
        """What changed in the words from an earlier version to this one."""
        return compare.changes(richtext.plain(before.body), richtext.plain(self.body))

    def render_again(self) -> None:
        """By the renderer of today; the words stay."""
        self._word(self.body)
        self.save(update_fields=["pieces", "renderer"])

    def _word(self, body: str) -> None:
        parts = NUMBERED.split(body)
        self.body, self.renderer = body, richtext.VERSION
        self.pieces = [[_anchor(part), str(richtext.render(part).html)] for part in parts if part.strip()]


class Acceptance(models.Model):
    """A member accepted a version of a text, then."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="acceptances")
    text = models.ForeignKey(SiteText, models.PROTECT, related_name="acceptances")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint("member", "text", name="accepted_once")]

    def __str__(self) -> str:
        return self.text.name

    @classmethod
    @transaction.atomic
    def keep(cls, member: Member, seen: list[str]) -> None:
        """The member accepts the versions of these names: all of them, and only while they are in force."""
        kinds = {name.partition("-")[0] for name in seen}
        texts = {text.name: text for text in (SiteText.held(kind) for kind in SiteText.Kind.values if kind in kinds)}
        if not set(seen) <= texts.keys():
            raise Unread(_("One of the texts has changed meanwhile. Look at it, then accept again."))
        held = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        for name in seen:
            cls.objects.get_or_create(member=held, text=texts[name])
        left = [text.accept_from for each in SiteText.waiting_for(held) for text in each.newer if text.accept_from]
        held.must_accept_from = min(left, default=None)
        held.save(update_fields=["must_accept_from"])


@cache
def _shipped(kind: str) -> SiteText:
    if kind not in SiteText.Kind.values:
        raise ValueError(kind)
    text = SiteText(kind=kind, number=1)
    text._word((SHIPPED / f"{kind}.md").read_text(encoding="utf-8"))
    return text


def _anchor(part: str) -> str:
    found = re.match(r"\*\*(\d+)\.(\d+)\*\*", part)
    return f"{found[1]}-{found[2]}" if found else ""
