"""What people send about a group. A form takes only the fields it names; anything else sent by hand is ignored."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from community.members.models import Affiliation, Member
from community.responses.models import Say
from groups.models import Group, Role
from groups.models.choices import SAID
from groups.writing import ShownForm

RESERVED = {"new", "removals", "leads"}  # our own addresses under /groups/, and whom a text can call by another name

LEADS_SET = ("purpose", "welcome", "hue", "watch", "mail_privacy", "allows_masked", "refuses_pupil_data")
LEADS_SET += ("approves_first", "quiet_from", "quiet_until", "reactions")
STAFF_SET = ("name", "mark", *LEADS_SET, "kind", "visibility", "joining", "seats", "is_confidential", "ends_on")


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class LeadSettingsForm(ShownForm, forms.ModelForm):
    """The settings a lead may change. It carries what the settings were when it was drawn, to notice a clash."""

    reactions = forms.MultipleChoiceField(
        label=_("Reactions"),
        help_text=_("What people can say of a post without writing one."),
        choices=Say.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Group
        fields = LEADS_SET
        widgets = {"purpose": forms.Textarea({"rows": 2}), "welcome": forms.Textarea({"rows": 6})}
        widgets |= {"quiet_from": TimeInput(), "quiet_until": TimeInput()}
        help_texts = {"welcome": _("What newcomers read first. Markdown works.")}

    def __init__(self, *args: Any, author: Member, **kwargs: Any) -> None:
        super().__init__(*args, author=author, group=kwargs.get("instance") or Group(), **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = self.instance.pk is not None and not isinstance(
                field, forms.MultipleChoiceField
            )

    def clean(self) -> dict[str, Any]:
        for name in self.changed_data:
            self._notice_a_clash(name)
            if self.instance.front_hidden and name in SAID and self.cleaned_data.get(name) != self.initial.get(name):
                self.add_error(name, _("Staff have hidden this. Until that is decided, it stays as it is."))
        begin, end = self.cleaned_data.get("quiet_from"), self.cleaned_data.get("quiet_until")
        if (begin is None) != (end is None) or (begin is not None and begin == end):
            self.add_error("quiet_until", _("Quiet hours need a beginning and another end. Leave both empty for none."))
        return dict(super().clean() or self.cleaned_data)

    def changes(self) -> dict[str, Any]:
        """The settings that the person changed."""
        return {name: self.cleaned_data[name] for name in self.changed_data}

    def _notice_a_clash(self, name: str) -> None:
        bound = self[name]
        if not bound.field.show_hidden_initial:
            return
        drawn = bound.field.hidden_widget().value_from_datadict(self.data, self.files, bound.html_initial_name)
        if drawn is None or not bound.field.has_changed(_one_line_end(bound.initial), _one_line_end(drawn)):
            return
        now = dict(getattr(bound.field, "choices", ())).get(bound.initial, bound.initial)
        self.add_error(
            name, _("Someone changed this meanwhile, to “%(now)s”. Save again to keep yours.") % {"now": now}
        )
        self.data = self.data.copy()
        self.data[bound.html_initial_name] = "" if bound.initial is None else str(bound.initial)


class StaffSettingsForm(LeadSettingsForm):
    """All settings."""

    class Meta(LeadSettingsForm.Meta):
        fields = STAFF_SET
        widgets = {**LeadSettingsForm.Meta.widgets, "ends_on": DayInput()}


class CreateForm(StaffSettingsForm):
    """A new group. Its address follows from its name."""

    lead = forms.CharField(label=_("First lead"), max_length=254, help_text=_("Their handle, such as @brass-peri"))

    def clean_name(self) -> str:
        slug = slugify(self.cleaned_data["name"])[:60]
        if not slug or slug in RESERVED or Group.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("Choose another name: a group has this address, or there is none in it."))
        self.instance.slug = slug
        return str(self.cleaned_data["name"])

    def clean_lead(self) -> Affiliation:
        handle = self.cleaned_data["lead"].strip().removeprefix("@").lower()
        lead = Affiliation.objects.in_force().filter(member__handle=handle).first()
        if lead is None:
            raise forms.ValidationError(_("Nobody here goes by that handle."))
        return lead


class JoinForm(forms.Form):
    """For which organisation one joins and, where a lead decides, why."""

    affiliation = forms.ModelChoiceField(Affiliation.objects.none(), label=_("For which organisation?"))
    note = forms.CharField(
        label=_("Why would you like to join?"),
        help_text=_("The leads read this. A sentence is enough."),
        widget=forms.Textarea({"rows": 3}),
        max_length=500,
        required=False,
    )

    def __init__(self, data: Any, *, member: Member, group: Group, asks: bool) -> None:
        super().__init__(data)
        own = member.affiliations.in_force().select_related("organisation")
        self.fields["affiliation"].queryset = own
        self.fields["affiliation"].initial = next((tie for tie in own if group.has_seat_for(tie)), own.first())
        if not asks:
            del self.fields["note"]

    def chosen(self) -> Affiliation | None:
        """The tie to join by: what was sent or, on a form not sent yet, what is offered first."""
        if self.is_bound:
            return self.cleaned_data["affiliation"] if self.is_valid() else None
        return self.fields["affiliation"].initial


class PlaceForm(forms.Form):
    """A role in the group; an observer's has an end."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.MEMBER)
    ends_on = forms.DateField(
        label=_("Last day"), help_text=_("For observers only."), widget=DayInput(), required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("role") != Role.OBSERVER:
            cleaned["ends_on"] = None
        elif "ends_on" in cleaned and cleaned["ends_on"] is None:
            self.add_error("ends_on", _("An observer needs a last day."))
        elif cleaned.get("ends_on") and cleaned["ends_on"] < timezone.localdate():
            self.add_error("ends_on", _("Choose today or a later day."))
        return cleaned

    def place(self) -> dict[str, Any]:
        """The role and its end, as a membership or an invitation keeps them."""
        return {"role": self.cleaned_data["role"], "ends_on": self.cleaned_data["ends_on"]}


class InviteForm(PlaceForm):
    """Whom to invite: a member by handle, or whoever has an e-mail address."""

    who = forms.CharField(
        label=_("Handle or e-mail address"), help_text=_("Such as @brass-peri or name@example.org"), max_length=254
    )
    field_order = ["who", "role", "ends_on"]

    def clean_who(self) -> str:
        """The address to keep. A handle is public to members, so an unknown one is said; an address never is."""
        who = self.cleaned_data["who"].strip()
        if "@" in who[1:]:
            validate_email(who)
            return who.lower()
        found = Member.objects.with_standing().filter(handle=who.removeprefix("@").lower()).first()
        if found is None:
            raise forms.ValidationError(_("Nobody here goes by that handle."))
        return found.email

    @property
    def shown_as(self) -> str:
        """What the lead typed."""
        return str(self.data["who"]).strip()[:254]


class ReasonForm(forms.Form):
    """A reason that the person concerned is told."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The person reads this."),
        widget=forms.Textarea({"rows": 3}),
        max_length=500,
    )

    def __init__(self, data: Any, *, needed: bool = False) -> None:
        super().__init__(data)
        self.fields["reason"].required = needed
        self.use_required_attribute = False  # one form, two buttons: only one of them needs it


def _one_line_end(value: Any) -> Any:
    """Browsers send line ends their own way."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value
