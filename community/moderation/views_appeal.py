"""What stands against oneself, and asking that somebody else looks at it again: also for who cannot come in."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from community import limits
from community.http import public
from community.moderation import policy
from community.moderation.forms_appeal import AppealForm
from community.moderation.models import Appeal, Measure, Moderatable
from community.moderation.models.links import address, behind
from community.moderation.named import things_called


@require_http_methods(["GET", "HEAD", "POST"])
@public
def appeal(request: HttpRequest, token: str) -> HttpResponse:
    """What a letter's link opens: what was decided, the form to appeal, and what came of it. It needs no sign-in."""
    found = behind(token)
    if found is None:
        raise Http404
    decision, member = found
    lodged = Appeal.objects.visible_to(member).filter(decision=decision, by=member).first()
    may = policy.appeal(member, decision)
    form = AppealForm(request.POST or None)
    if request.method == "POST" and lodged is None:
        may.enforce()
        if form.is_valid():
            limits.spend("appeal", member)
            Appeal.lodge(decision, member, form.cleaned_data["words"])
            return redirect("moderation:appeal", token)
    context = {
        "decision": decision,
        "thing": Moderatable.find(decision.subject),
        "is_author": decision.author_id == member.pk,
        "appeal": lodged,
        "may_appeal": may,
        "form": form,
    }
    return render(request, "moderation/appeal.html", context, status=422 if form.errors else 200)


@require_safe
@public
def standing(request: HttpRequest) -> HttpResponse:
    """What stands against whoever is signed in, suspended or not: why, until when, and how to appeal."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    found = Measure.objects.visible_to(request.user).filter(member=request.user).in_force().select_related("decision")
    things = things_called(measure.decision.subject for measure in found)
    measures = [(each, address(each.decision, request.user), things.get(each.decision.subject)) for each in found]
    return render(request, "moderation/standing.html", {"measures": measures})
