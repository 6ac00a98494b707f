"""The pages on which a group's leads look after its templates."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from community.http import MemberRequest, members_only
from community.policy import Refused
from groups.threads import policy
from groups.threads.forms_templates import TemplateForm
from groups.threads.models import Template
from groups.threads.models.template import TemplateConflict
from groups.threads.starters import starters
from groups.views import find_group, form_page, sent


@members_only
@form_page
def templates(request: MemberRequest, slug: str) -> HttpResponse:
    """All of a group's templates, and a form for one more; `adopt` makes the ones that come with it its own."""
    group = find_group(request, slug)
    policy.prepare(request.user, group).enforce()
    if "adopt" in request.POST:
        Template.adopt(request.user, group)
        return redirect("templates:list", group.slug)
    form = TemplateForm(sent(request), author=request.user, group=group)
    if form.is_valid():
        try:
            Template.add(request.user, group, form.wording)
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            return redirect("templates:list", group.slug)
    own = Template.objects.visible_to(request.user).filter(group=group).select_related("group")
    context = {"group": group, "tab": "", "own": own, "starters": starters(), "form": form}
    return render(request, "threads/templates.html", context, status=422 if form.is_bound else 200)


@members_only
@form_page
def change(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Change one, move it up, retire it or bring it back."""
    group = find_group(request, slug)
    found = Template.objects.visible_to(request.user).select_related("group")
    template = get_object_or_404(found, pk=pk, group=group)
    policy.prepare(request.user, group).enforce()
    for name, deed in (("up", template.move_up), ("retire", template.retire), ("back", template.bring_back)):
        if name in request.POST:
            deed(request.user)
            return redirect("templates:list", group.slug)
    form = TemplateForm(sent(request), author=request.user, group=group, template=template)
    if form.is_valid() and _changed(request, template, form):
        return redirect("templates:list", group.slug)
    context = {"group": group, "tab": "", "template": template, "form": form}
    return render(request, "threads/template.html", context, status=422 if form.is_bound else 200)


def _changed(request: MemberRequest, template: Template, form: TemplateForm) -> bool:
    try:
        template.change(request.user, form.wording, form.cleaned_data["edition"] or 0)
    except TemplateConflict as conflict:
        form.add_error(None, str(conflict))
        form.meet(template)
    except Refused as refused:
        form.add_error("name", str(refused))
    else:
        return True
    return False
