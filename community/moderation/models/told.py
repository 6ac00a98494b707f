"""What a reporter is asked in a second step, by what the report is about, and what they said to that.

A notice of defamation: what the Defamation Act 2013, section 5(6), and regulation 2 of the Defamation (Operators of
Websites) Regulations 2013 ask for; whoever sent one without all of it is told within 48 hours what is missing, here at
once. An intimate picture: who reports it, and that nobody agreed (Online Safety Act 2023, section 20A). The wording of
law is research.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import ledger
from community.moderation.models.illegal import IllegalKind
from community.moderation.models.kinds import Kind
from community.policy import Refused

YES, NO = "yes", "no"
YES_OR_NO = [(YES, _("Yes")), (NO, _("No"))]
SELF, FOR_THEM = "self", "for"


class Asked(NamedTuple):
    """One of the things that are asked. `choices` where one is chosen; a sentence to say yes to where `is_sentence`."""

    label: Any  # words, translated late
    most: int = 0
    choices: Sequence[tuple[str, Any]] = ()
    is_sentence: bool = False


ASKED: dict[str, dict[str, Asked]] = {
    Kind.DEFAMATION: {
        "name": Asked(_("Your full name"), 120),
        "email": Asked(_("E-mail address at which you can be written to"), 254),
        "statement": Asked(_("The words that you complain of"), 2000),
        "where": Asked(_("Where exactly they stand"), 500),
        "meaning": Asked(_("What you take them to mean"), 1000),
        "why": Asked(_("Why that harms your good name"), 1000),
        "wrong": Asked(_("What in them is not true, or is an opinion that no facts support"), 2000),
        "unknown": Asked(
            _("I do not know enough about the author to bring proceedings against them."), is_sentence=True
        ),
        "pass_name": Asked(_("May we tell the author your name?"), choices=YES_OR_NO),
        "pass_email": Asked(_("May we tell the author your e-mail address?"), choices=YES_OR_NO),
    },
    Kind.INTIMATE: {
        "who": Asked(
            _("Who is shown?"), choices=[(SELF, _("I am")), (FOR_THEM, _("Somebody for whom I act, as they wish"))]
        ),
        "consent": Asked(_("The person shown has not agreed that it is shared here."), is_sentence=True),
        "faith": Asked(_("What I say here is true as far as I know."), is_sentence=True),
    },
}
TO_AUTHOR = ("statement", "where", "meaning", "why", "wrong")
IF_AGREED = {"name": "pass_name", "email": "pass_email"}
LEFT_OUT = "[…]"


class Told(models.Model):
    """A report, with what was said in the second step: nothing of it has to be."""

    kind: str
    case: Any
    illegal = models.ForeignKey(IllegalKind, models.PROTECT, null=True, blank=True, editable=False)
    more = models.JSONField(default=dict, blank=True, editable=False, help_text="By the names in `ASKED`")

    class Meta:
        abstract = True

    @property
    def asks(self) -> bool:
        """Whether there is a second step."""
        return self.kind in ASKED or (self.kind == Kind.ILLEGAL and IllegalKind.offered().exists())

    @property
    def missing(self) -> list[str | Promise]:
        """What a complete one would say besides."""
        return [asked.label for name, asked in ASKED.get(self.kind, {}).items() if not self.more.get(name)]

    @property
    def kind_said(self) -> str:
        """ "Illegal content: Fraud"."""
        kind = str(Kind(self.kind).label)
        return f"{kind}: {self.illegal}" if self.illegal else kind

    @property
    def answers(self) -> list[tuple[str | Promise, str | Promise]]:
        """What was said, for staff."""
        return self._said([name for asked in ASKED.values() for name in asked])

    @property
    def teller(self) -> dict[str, str]:
        """The "name" and "email" of whoever told it, as far as they are known from elsewhere."""
        raise NotImplementedError

    @property
    def for_author(self) -> str:
        """What the author is sent of a complete notice of defamation: who complains only as far as they agreed."""
        asked = ASKED[Kind.DEFAMATION]
        if not all(self.more.get(name) for name in asked):
            return ""
        said = self._said([*TO_AUTHOR, *(name for name, may in IF_AGREED.items() if self.more[may] == YES)])
        return self.unnamed_in("\n\n".join(f"{label}\n{words}" for label, words in said))

    def unnamed_in(self, words: str) -> str:
        """Without the name and the address of whoever complains, as far as they have not agreed to them.

        However it is spaced; but a name of one word may be a word of the language, so that goes only as it is written.
        """
        for name, may in IF_AGREED.items():
            if self.more.get(may) != YES:
                for known in filter(None, (self.more.get(name), self.teller[name])):
                    spaced = r"\s+".join(re.escape(part) for part in known.split())
                    flags = re.IGNORECASE if name == "email" or " " in known else re.NOFLAG
                    words = re.sub(rf"(?<!\w){spaced}(?!\w)", LEFT_OUT, words, flags=flags)
        return words

    @transaction.atomic
    def tell_more(self, subject: str, illegal: IllegalKind | None, more: dict[str, str]) -> None:
        """It says this too, beside what was said to what other kinds ask. The ledger knows that it does, not what."""
        if self.kind == Kind.ILLEGAL:
            self.illegal = illegal and IllegalKind.objects.select_for_update(no_key=True).filter(pk=illegal.pk).first()
            if self.illegal != illegal:
                raise Refused(gettext("This kind was just taken off the list. Choose another."))
        self.more = {name: said for name, said in self.more.items() if name not in ASKED.get(self.kind, {})} | more
        self.save(update_fields=["illegal", "more"])
        ledger.record(None, "report-details", subject, **{str(self._meta.model_name): self.pk})

    def leave_decisions(self) -> None:
        """Who told it goes out of what authors were sent to answer: whatever was agreed to, that time is over."""
        self.more = self.more | dict.fromkeys(IF_AGREED.values(), NO)
        for decision in self.case.decisions.exclude(complaint="") if self.case else ():
            decision.complaint = self.unnamed_in(decision.complaint)
            decision.save(update_fields=["complaint"])

    def _said(self, names: list[str]) -> list[tuple[str | Promise, str | Promise]]:
        every = {name: asked for kind in ASKED.values() for name, asked in kind.items()}
        return [
            (every[name].label, dict(every[name].choices or YES_OR_NO).get(said, said))
            for name in names
            if (said := self.more.get(name))
        ]
