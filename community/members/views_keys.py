"""The keyboard: which keys do what, and the switch that turns single keys off for a member, on every device."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from community.http import MemberRequest, members_only


class KeysForm(forms.Form):
    has_keys = forms.BooleanField(
        label=gettext_lazy("Single keys do things"),
        help_text=gettext_lazy("Switch it off if you speak to your computer, or press keys by accident."),
        required=False,
    )


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: MemberRequest) -> HttpResponse:
    """The list of keys, and the choice whether they count."""
    if request.method == "POST":
        form = KeysForm(request.POST)
        form.full_clean()
        request.user.has_keys = form.cleaned_data["has_keys"]
        request.user.save(update_fields=["has_keys"])
        messages.success(request, _("Saved."))
        return redirect("members:keys")
    return render(request, "members/keys.html", {"form": KeysForm(initial={"has_keys": request.user.has_keys})})
