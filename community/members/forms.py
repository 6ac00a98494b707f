"""What people can fill in about themselves, organisations and those who ask to join."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from community import live
from community.members.models import Application, Invitation, Member, Organisation, SiteText
from community.members.words import why_not
from community.policy import Refused

# Anyone can have an address there, so it proves nothing about an organisation.
EVERYBODYS = {
    *(
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "hotmail.co.uk",
        "live.co.uk",
        "live.com",
        "msn.com",
    ),
    *("yahoo.com", "yahoo.co.uk", "icloud.com", "me.com", "aol.com", "btinternet.com", "proton.me", "protonmail.com"),
    *("sky.com", "talktalk.net", "virginmedia.com", "mail.com", "gmx.com", "zoho.com"),
}
ZONES = [
    "Europe/London",
    "Europe/Dublin",
    "Europe/Guernsey",
    "Europe/Isle_of_Man",
    "Europe/Jersey",
    "Europe/Paris",
    "UTC",
]


class Day(forms.DateInput):
    """A date as browsers let people choose it."""

    def __init__(self) -> None:
        super().__init__({"type": "date"}, "%Y-%m-%d")


class ProfileForm(forms.ModelForm[Member]):
    """How a member is shown to others."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=[(zone, zone.replace("_", " ")) for zone in ZONES])

    class Meta:
        model = Member
        fields = ["name", "title", "pronouns", "nation", "bio", "language", "time_zone"]
        widgets = {"bio": forms.Textarea(attrs={"rows": 4})}

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        now, before = (
            "\n".join(str(each.get(name) or "") for name in ("name", "title", "pronouns", "bio"))
            for each in (said, self.initial)
        )
        for why in why_not(self.instance, now, before):
            self.add_error(None, why)
        return said

    @transaction.atomic
    def save(self, commit: bool = True) -> Member:
        """Nothing but what stands in the form: what staff set meanwhile stays, and what they hid stays as it is."""
        now = Member.objects.select_for_update(no_key=True).get(pk=self.instance.pk)
        if now.profile_hidden != self.instance.profile_hidden:
            raise Refused(_("Staff have just decided about your profile. Open it again to see how."))
        self.instance.save(update_fields=self._meta.fields)
        live.renamed()
        return self.instance


class OrganisationForm(forms.ModelForm[Organisation]):
    """What staff keep about an organisation."""

    class Meta:
        model = Organisation
        fields = ["name", "category", "nation", "region", "sponsor", "email_domain"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sponsor: Any = self.fields["sponsor"]
        sponsor.queryset = sponsor.queryset.filter(sponsor=None).exclude(pk=self.instance.pk)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        self.instance.slug = self.instance.slug or slugify(name)[:60]
        if not self.instance.slug or Organisation.objects.filter(slug=self.instance.slug).exclude(pk=self.instance.pk):
            raise ValidationError(_("There is an organisation of this name already."))
        return name

    def clean_email_domain(self) -> str:
        domain: str = self.cleaned_data["email_domain"].strip().lower().removeprefix("@")
        if domain in EVERYBODYS:
            raise ValidationError(_("Anyone can have an address there, so it cannot stand for an organisation."))
        if domain:
            DomainNameValidator(accept_idna=False)(domain)
        return domain

    def clean_sponsor(self) -> Organisation | None:
        sponsor: Organisation | None = self.cleaned_data["sponsor"]
        if sponsor and self.instance.pk and self.instance.sponsored.exists():
            raise ValidationError(_("It sponsors others itself, so nobody can sponsor it."))
        return sponsor


class InvitationForm(forms.ModelForm[Invitation]):
    """Whom to invite, for which job."""

    class Meta:
        model = Invitation
        fields = ["email", "role", "is_contact"]


class LastDayForm(forms.Form):
    """When someone, or a membership, leaves."""

    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=Day(),
        help_text=_("Leave it empty to end it now."),
    )


class GraceForm(forms.Form):
    """When a membership ends, and how long its people still come in."""

    on = forms.DateField(label=_("Ends on"), initial=timezone.localdate, widget=Day())
    days = forms.IntegerField(label=_("Days of grace"), initial=30, min_value=0, max_value=366)


class ApplicationForm(forms.ModelForm[Application]):
    """Asking to join. That the address asked before is not told: see `Application.ask`."""

    class Meta:
        model = Application
        fields = ["name", "email", "organisation_name", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}


class NameForm(forms.Form):
    """How a new member wants to be called, and which versions of the site's texts they saw and so accept."""

    name = forms.CharField(label=_("Your name"), max_length=80)
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, texts: list[SiteText], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts, self.now = texts, " ".join(text.name for text in texts)
        self.fields["seen"].initial = self.now

    def clean_seen(self) -> list[str]:
        """Of today: what was published meanwhile has to be read first."""
        seen: str = self.cleaned_data["seen"]
        if seen != self.now:
            self.data = {**dict(self.data.items()), "seen": self.now}
            self.add_error("name", _("One of the texts below has changed meanwhile. Look at it, then accept again."))
        return seen.split()


class ReasonForm(forms.Form):
    """Why staff did it, for the ledger and the person."""

    reason = forms.CharField(label=_("Reason"), max_length=500)
