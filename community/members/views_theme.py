"""Light, dark or more contrast, for a member on every device. Who is signed out gets what the device asks for."""

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from community.http import MemberRequest, members_only, page_before


class ThemeForm(forms.Form):
    theme = forms.ChoiceField(
        choices=[("", _("As my device")), ("light", _("Light")), ("dark", _("Dark")), ("more", _("More contrast"))],
        required=False,
    )


@members_only
@require_POST
def theme(request: MemberRequest) -> HttpResponse:
    """Keep the choice and go back to the page it was made on."""
    form = ThemeForm(request.POST)
    if form.is_valid():
        request.user.theme = form.cleaned_data["theme"]
        request.user.save(update_fields=["theme"])
    return HttpResponseRedirect(page_before(request))
