"""The fields and the form that people write in, whichever room the text is for."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.drafts.models import readable
from community.files import BadFile
from community.files.guards import Asks, Guard, Question
from community.members.models import Member
from community.moderation import policy as moderation
from community.moderation.models import WatchWord
from community.moderation.models.watch import THINK, think_again, watched
from community.richtext import Rendered
from groups import text
from groups.models import Group
from groups.policy import is_trusted

HELD = _("“%(words)s” is looked at before it is shown, and this is shown already. Write it as a new post instead.")
HERE = _("“%(words)s” is looked at before it is shown, and here nothing can wait. Say it without it, or ask a lead.")


class Written(forms.CharField):
    """Text with its control characters taken out, so that what is checked is what will be kept."""

    def to_python(self, value: Any) -> str:
        return cast(str, super().to_python(text.tidied(value) if value else value))


class Body(Written):
    """Markdown. A text that is too long comes back whole, with its length."""

    widget = forms.Textarea(
        attrs={"rows": 5, "aria-describedby": "body-care", "data-longest": text.LONGEST, "data-key": "r"}
    )

    def validate(self, value: str) -> None:
        if len(value) > text.LONGEST:
            sentence = _("This text has %(length)s characters and can have %(most)s. Shorten it or attach a file.")
            raise forms.ValidationError(sentence % {"length": f"{len(value):,}", "most": f"{text.LONGEST:,}"})
        super().validate(value)
        if text.is_bare(value):
            raise forms.ValidationError(_("There are no words in this text yet."))


class WatchedForm(forms.Form):
    """Words for a group, in which those are found that staff watch for."""

    held: str | Promise = HELD  # what is said where nothing can wait
    held_at: str | None = "body"  # and beside which field
    asks_of: tuple[str, ...] = (WatchWord.Does.ASK,)
    can_wait = True  # whether what is sent anew can wait for approval
    is_approved = False  # whether a lead or staff have said that it may be shown
    before = ""  # the text that is changed: what it mentioned is not asked about again

    def __init__(self, *args: Any, author: Member, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.author, self.group = author, group

    @property
    def words(self) -> str:
        """All that is to be read of what was sent."""
        beside = {name: value for name, value in self.data.items() if name not in self.fields}
        return text.all_words(beside | self.cleaned_data)

    def watch(self) -> None:
        """The words that staff watch for: of a changed text, those that were not in it before."""
        if self.is_approved:
            return
        fresh = [word for does in self.asks_of for word in watched(self.words, does) if word not in self._before(does)]
        if fresh and think_again(self.author, self.words):
            self.add_error(None, THINK % {"words": ", ".join(fresh)})
        if (self.before or not self.can_wait) and not is_trusted(self.author, self.group):
            held = set(watched(self.words, WatchWord.Does.HOLD)) - self._before(WatchWord.Does.HOLD)
            if held:
                self.add_error(self.held_at, self.held % {"words": ", ".join(sorted(held))})

    def _before(self, does: str) -> set[str]:
        return set(watched(self.before, does)) if self.before else set()


class ShownForm(WatchedForm):
    """Words beside texts, such as a name, a note, a purpose: shown as soon as they are sent.

    Where nothing can be reported that they stand in, words of which staff are told elsewhere are asked about here.
    """

    held, held_at = HERE, None
    asks_of: tuple[str, ...] = (WatchWord.Does.ASK, WatchWord.Does.TELL)
    can_wait = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = text.all_words(
            {name: self.get_initial_for_field(field, name) or "" for name, field in self.fields.items()}
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.watch()
        if not self.can_wait and self.words.strip() != self.before.strip():
            at_once = moderation.at_once(self.author)
            if not at_once:
                self.add_error(None, str(at_once.why_not))
        return cleaned


class TextForm(WatchedForm):
    """A text for a group. Whom it mentions in vain is said before it goes out; `anyway` sends it all the same.

    What looks like data about pupils is asked about, and refused where the group takes none: `sure` answers for it.
    """

    body = Body(label=_("Your post"))
    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)
    sure = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    unsure: Question | None = None

    def __init__(self, *args: Any, author: Member, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, author=author, group=group, **kwargs)
        self.unreached: list[str] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        known = text.unreached(self.before, self.group, self.author)
        self.unreached = sorted(text.unreached(cleaned.get("body", ""), self.group, self.author) - known)
        if self.unreached and not cleaned.get("anyway") and not self.is_preview:
            self.add_error(None, self.in_vain)
        if not self.is_preview:
            self.watch()
            self._look_for_pupils(cleaned.get("body", ""), cleaned.get("sure", ""))
        return cleaned

    def _look_for_pupils(self, body: str, sure: str) -> None:
        try:
            Guard(frozenset([sure]), is_strict=self.group.refuses_pupil_data).ask_of_text(body)
        except Asks as asks:
            self.unsure = asks.questions[0]
            self.add_error(None, " ".join([self.unsure.why, *self.unsure.where]))
        except BadFile as why:
            self.add_error("body", str(why))

    @property
    def answered_already(self) -> list[tuple[str, str]]:
        """What was answered of the questions asked, while another one is still open."""
        given = [(name, self.data.get(name, "")) for name in ("sure", "anyway")]
        return [(name, answer) for name, answer in given if answer and not (name == "sure" and self.unsure)]

    @property
    def is_preview(self) -> bool:
        return "preview" in self.data

    @property
    def in_vain(self) -> str:
        """Who is mentioned and will not hear of it, in a sentence; empty if nobody."""
        if not self.unreached:
            return ""
        names = ", ".join(self.unreached)
        if len(self.unreached) == 1:
            return _("%(names)s cannot see this group and will not be told.") % {"names": names}
        return _("%(names)s cannot see this group; they will not be told.") % {"names": names}

    @property
    def preview(self) -> Rendered | None:
        """The text as it would look, if there is any that can be shown."""
        self.is_valid()
        body = self.cleaned_data.get("body")
        return text.written(readable({"body": body}), self.group) if body else None
