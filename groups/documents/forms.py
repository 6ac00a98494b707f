"""What leads say about a document, and the file or address that they share."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from community.files import BadFile
from community.files.checks import at_most_lazy
from community.files.guards import Asks, Guard
from community.files.models import Joined, StoredFile
from community.members.models import Affiliation, Member, Nation
from community.moderation.models import WatchWord
from groups.approval import shown
from groups.documents.kinds import Audience, Kind, Rights
from groups.documents.models import FACTS, WHEN_LOCKED, Document, Folder, http_only, voice
from groups.models import Group
from groups.writing import ShownForm

PHOTOCOPY = ("photocopy", _("Copied under a printed-music licence"))
WHY_NO_PHOTOCOPIES = _(
    "Copies made under a printed-music licence cannot be shared here. The licence covers only your own organisation’s "
    "secure network, and this library reaches other organisations. Share a link or the catalogue number instead."
)
OPEN_ANEW = _("This form was not complete. Everything you wrote is still here: send it again.")
SENT_ALREADY = _("This form was sent before, with something else in it. Send it again if you mean to share both.")
DECLARED = {"photograph", "pupils", "music"}
NOTE_NEEDED: dict[str, Any] = {
    Rights.OPEN: _("Say which licence, for example CC BY 4.0."),
    Rights.PERMISSION: _("Say who gave permission."),
}

HELD = _("“%(words)s” is looked at before it is shown, and what a document says of itself cannot wait. Ask a lead.")
NO_WAIT = _("What a document says of itself cannot wait for approval. Ask a lead.")
WATCHED = (WatchWord.Does.ASK,)  # of others a case is opened: documents can be reported


class DocumentForm(forms.ModelForm[Document]):
    """The facts of a document. A licensed photocopy can be chosen, so that we can say why it is refused."""

    rights = forms.ChoiceField(label=_("Who may use it"), widget=forms.RadioSelect)

    class Meta:
        model = Document
        fields = FACTS
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 4}),
            "review_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "summary": _("Two or three sentences: for whom it is, and when to use it."),
            "rights_note": _("For an open licence: which. For a permission: whose."),
            "review_on": _("When someone should check that it is still right."),
            "accessibility": _("For example: works with a screen reader, has captions, no tagged headings yet."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = Rights(self.instance.rights) if self.instance.pk else None
        rights = [each for each in Rights if kept is None or (each == Rights.LINK) == (kept == Rights.LINK)]
        if self.instance.pk:
            self.offer_folders(self.instance.group)
        self.fields["kind"].choices = [("", _("Choose one")), *Kind.choices]
        self.fields["audience"].choices = [("", _("Everyone here")), *Audience.choices]
        self.fields["nation"].choices = [("", _("No nation in particular")), *Nation.choices]
        self.fields["rights"].choices = [*((each.value, each.label) for each in rights), PHOTOCOPY]

    def clean_title(self) -> str:
        return without_pupils(self.cleaned_data["title"])

    def clean_summary(self) -> str:
        return without_pupils(self.cleaned_data["summary"])

    def clean_rights_note(self) -> str:
        return without_pupils(self.cleaned_data["rights_note"])

    def clean_accessibility(self) -> str:
        return without_pupils(self.cleaned_data["accessibility"])

    def clean_rights(self) -> str:
        if self.cleaned_data["rights"] == PHOTOCOPY[0]:
            raise forms.ValidationError(WHY_NO_PHOTOCOPIES)
        return str(self.cleaned_data["rights"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        missing = NOTE_NEEDED.get(said.get("rights", ""))
        if missing and not said.get("rights_note"):
            self.add_error("rights_note", missing)
        return said

    def offer_folders(self, group: Group) -> None:
        """Those of the group, with where they stand."""
        tree = Folder.tree_of(group)
        self.fields["folder"].queryset = group.folders.all()
        self.fields["folder"].choices = [("", _("No folder")), *((folder.pk, folder.path) for folder in tree)]

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACTS}


class EditForm(ShownForm, DocumentForm):
    """The facts as they were at `edition`: if they changed meanwhile, nothing is overwritten unseen."""

    held, held_at, asks_of = HELD, "summary", WATCHED

    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, author: Member, instance: Document) -> None:
        initial = {"edition": instance.edition}
        super().__init__(*args, author=author, group=instance.group, instance=instance, initial=initial)
        if instance.is_locked:
            for name in set(FACTS) - WHEN_LOCKED - set(self.data):  # what was typed before it was agreed is not lost
                self.fields[name].disabled, self.fields[name].widget = True, forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        shown.ask(self, f"comment:documents.document-{self.instance.pk}", NO_WAIT)
        return said

    def compare(self, now: Document) -> list[tuple[str, str]]:
        """What the document says now where the form says something else: label and words.

        What was typed stays in the form; sending it again is done knowingly, so it is taken for the edition of now.
        """
        self.data = {**self.data.dict(), "edition": str(now.edition)}
        differing = [name for name in FACTS if getattr(now, name) != self.cleaned_data[name]]
        return [(str(self[name].label), _in_words(now, name)) for name in differing]


def without_pupils(words: str) -> str:
    """What stands in lists and letters names no pupil: there nobody can answer for it."""
    try:
        Guard().ask_of_text(words)
    except Asks as asks:
        [question] = asks.questions
        raise forms.ValidationError(" ".join([str(question.why), *question.where])) from asks
    return words


def _in_words(document: Document, fact: str) -> str:
    display = getattr(document, f"get_{fact}_display", None)
    return str(display() if display else getattr(document, fact) or "–")


class SentForm(forms.Form):
    """For whom something is shared, and the form's own key, so that sending it twice is one deed."""

    note = forms.CharField(label=_("What changed"), required=False, max_length=300)
    posted_as = forms.ModelChoiceField(
        label=_("You share it for"), queryset=Affiliation.objects.none(), empty_label=None
    )
    key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"invalid": OPEN_ANEW, "required": OPEN_ANEW})

    def clean_note(self) -> str:
        return without_pupils(self.cleaned_data["note"])

    def speak_for(self, member: Member, group: Group) -> None:
        """Let the member choose the organisation they speak for, if there is a choice."""
        self.group = group
        mine = member.affiliations.in_force().select_related("organisation")
        if len(mine) > 1:
            self.fields["posted_as"].queryset = mine
            self.fields["posted_as"].initial = voice(member, group)
        else:
            del self.fields["posted_as"]
        self.fields["key"].initial = uuid4

    def renew(self) -> None:
        """A key of its own for the next sending."""
        self.data = {**self.data.dict(), "key": str(uuid4())}

    def was_something_else(self) -> None:
        """The same form came with another text: that is no repeat, so it is asked about."""
        self.add_error(None, SENT_ALREADY)
        self.renew()

    @property
    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("note", "posted_as") if name in self.cleaned_data}


class ContentForm(SentForm):
    """A file or an address."""

    field_order = ["file", "url", "note"]

    file = forms.FileField(label=_("File"), required=False, allow_empty_file=True, help_text=at_most_lazy())
    url = forms.CharField(
        label=_("Address"),
        required=False,
        max_length=500,
        validators=[http_only],
        widget=forms.URLInput,
        help_text=_("Only for “link only”: where it is, beginning with https://"),
    )

    def check_content(self, *, is_link: bool) -> None:
        """Exactly one of file and address, and the right one."""
        file, url = self.cleaned_data.get("file"), self.cleaned_data.get("url")
        if is_link and file:
            self.add_error("file", _("This is a link only. Leave the file out, or say who may use the file."))
        if is_link and not url and not self.has_error("url"):
            self.add_error("url", _("Give the address it can be found at."))
        if not is_link and url:
            self.add_error("url", _("An address goes with “link only”. Leave it out when you share a file."))
        if not is_link and not file and not self.has_error("file"):
            self.add_error("file", _("Choose the file to share."))

    def keep(self, owner: Member) -> StoredFile | str | None:
        """The content, ready for the deed; None, and an error on the form, where the file is not taken."""
        if url := self.cleaned_data.get("url"):
            return str(url)
        try:
            return StoredFile.objects.keep(self.cleaned_data["file"], owner, guard=self._guard)
        except Asks as asks:
            if asks.is_about_pupils:  # of those nothing waits here for an answer
                self.let_go()
            self._ask(asks)
        except BadFile as why:
            self.let_go()
            self.add_error("file", str(why))
        return None

    def let_go(self) -> None:
        """What came in pieces is needed no more."""
        file = self.cleaned_data.get("file")
        if isinstance(file, Joined):
            file.let_go()

    def _ask(self, asks: Asks) -> None:
        """What was found, and for each question a box; a tick counts for the very file it was asked about."""
        for question in asks.questions:
            self.add_error("file", " ".join([question.why, *question.where]))
        self.fields["sure"] = forms.MultipleChoiceField(
            label=_("If you are sure, choose the file again and say so"),
            choices=[(question.key, question.sure) for question in asks.questions],
            widget=forms.CheckboxSelectMultiple,
        )

    @property
    def _guard(self) -> Guard:
        return Guard(frozenset(self.data.getlist("sure")), is_strict=self.group.refuses_pupil_data)

    @property
    def declared(self) -> list[str]:
        """What the sender said of the file, in words of ours: "photograph", "pupils", "music"."""
        return sorted({key.partition("-")[0] for key in self._guard.sure} & DECLARED)


class NewForm(ShownForm, ContentForm, DocumentForm):
    """A document with its first version."""

    asks_of = WATCHED

    field_order = [*FACTS[:3], "file", "url", *FACTS[3:], "posted_as", "key"]

    def __init__(self, member: Member, group: Group, *args: Any) -> None:
        super().__init__(*args, author=member, group=group)
        self.speak_for(member, group)
        self.offer_folders(group)
        del self.fields["note"]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        self.check_content(is_link=said.get("rights") == Rights.LINK)
        return said


class FolderForm(ShownForm):
    """A folder's name and, for a new one, where it stands."""

    name = forms.CharField(label=_("Name"), max_length=80)
    parent = forms.ChoiceField(label=_("Inside"), required=False)

    def __init__(self, tree: list[Folder] | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if tree is None:
            del self.fields["parent"]
            return
        self.folders = {str(folder.pk): folder for folder in tree}
        paths = ((number, folder.path) for number, folder in self.folders.items())
        self.fields["parent"].choices = [("", _("At the top")), *paths]

    @property
    def parent_folder(self) -> Folder | None:
        return self.folders.get(self.cleaned_data["parent"])
