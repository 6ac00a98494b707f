"""What leads fill in to tidy: which posts, and where they go."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from groups.models import Group
from groups.threads.find import thread_at
from groups.threads.models import Thread
from groups.threads.reading import ranges, whole_number
from groups.writing import ShownForm

OFFERED = 50
NO_LINK = _(
    "This link does not lead to another discussion of this group. Copy it from that discussion or one of its posts."
)


class Where(forms.Form):
    """Another discussion of the group: one of the latest, or by its link."""

    found: Any = None  # the discussion that was chosen

    target = forms.ChoiceField(label=_("Another discussion"), required=False)
    link = forms.CharField(
        label=_("or paste its link"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"class": "input"}),
    )

    def __init__(self, *args: Any, thread: Thread, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.thread, self.member = thread, member
        self.others = Thread.objects.visible_to(member).in_sight().filter(group=thread.group).exclude(pk=thread.pk)
        latest = self.others.filter(is_closed=False, is_waiting=False).current().in_order()[:OFFERED]
        field = cast(forms.ChoiceField, self.fields["target"])
        field.choices = [("", _("Choose one")), *((str(each.pk), each.title) for each in latest)]

    def clean(self) -> dict[str, Any]:
        sent = self.cleaned_data
        link = sent.get("link")
        key = thread_at(self.member, link) if link else sent.get("target")
        self.found = self.others.to_show().filter(pk=int(key)).first() if key else None
        if link and self.found is None:
            self.add_error("link", NO_LINK)
        elif self.needs_target and self.found is None:
            raise forms.ValidationError(_("Choose another discussion of this group, or paste its link."))
        return sent

    @property
    def needs_target(self) -> bool:
        return True


class PostsForm(ShownForm, Where):
    """Some posts, by ranges and ticks; `kept` are those ticked on other pages of the form."""

    title = forms.CharField(
        label=_("A new discussion, called"),
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"class": "input"}),
    )
    first = forms.CharField(label=_("From post"), required=False, max_length=9)
    last = forms.CharField(label=_("to post"), required=False, max_length=9)
    field_order = ["first", "last", "title", "target", "link"]

    def __init__(self, *args: Any, thread: Thread, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, author=member, group=thread.group, thread=thread, member=member, **kwargs)

    @property
    def needs_target(self) -> bool:
        return not self.cleaned_data.get("title", "").strip()

    @property
    def numbers(self) -> list[int]:
        """The posts that are chosen: by ticks here, on other pages, and from one number to another."""
        last, data = self.thread.last_number, cast(QueryDict, self.data)
        ticked = ",".join([data.get("kept", ""), *data.getlist("post")])
        found = {number for a, b in ranges(ticked, last) for number in range(a, b + 1)}
        first, end = whole_number(data.get("first")), whole_number(data.get("last"))
        if first or end:
            between = self.thread.posts.filter(number__gte=first or end, number__lte=end or first)
            found.update(between.values_list("number", flat=True))
        return sorted(found)


class GroupForm(forms.Form):
    """Another group, and the reason where one is needed."""

    group = forms.ChoiceField(label=_("To which group"))
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Goes into the record of what leads and staff did. Needed if this group is confidential."),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"class": "input"}),
    )

    def __init__(self, *args: Any, thread: Thread, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        may = Group.objects.visible_to(member) if member.is_staff else Group.objects.led_by(member)
        self.groups = {str(each.pk): each for each in may.exclude(pk=thread.group_id) if not each.is_read_only}
        field = cast(forms.ChoiceField, self.fields["group"])
        field.choices = [("", _("Choose one")), *((key, each.name) for key, each in self.groups.items())]

    def clean_group(self) -> Group:
        return self.groups[self.cleaned_data["group"]]
