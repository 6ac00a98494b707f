"""What people send about a bookmark: a note to themselves and when to be reminded."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from community.responses.models import Bookmark

MORNING, EVENING = dt.time(8), dt.time(18)
FURTHEST = dt.timedelta(days=3 * 366)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class BookmarkForm(forms.Form):
    """The note, and a time out of a few that people mean."""

    note = forms.CharField(
        label=_("Note to yourself"), max_length=300, required=False, widget=forms.TextInput(attrs={"class": "input"})
    )
    remind = forms.ChoiceField(label=_("Remind me"), widget=forms.RadioSelect)
    day = forms.DateField(label=_("On which day"), required=False, widget=DayInput())

    def __init__(self, data: Any, *, bookmark: Bookmark) -> None:
        initial = {"note": bookmark.note, "remind": "as-it-is" if bookmark.remind_at else "never"}
        super().__init__(data, initial=initial)
        self.now = timezone.localtime()
        self.times = self._times(bookmark)
        self.fields["remind"].choices = [(name, words) for name, (words, _at) in self.times.items()]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("remind") == "day" and "day" in cleaned and not self._is_good(cleaned["day"]):
            self.add_error("day", _("Choose a day after today, within three years."))
        return cleaned

    @property
    def remind_at(self) -> dt.datetime | None:
        """The time that was chosen, if any."""
        chosen = self.cleaned_data["remind"]
        return self._at(self.cleaned_data["day"], MORNING) if chosen == "day" else self.times[chosen][1]

    def _times(self, bookmark: Bookmark) -> dict[str, tuple[Any, dt.datetime | None]]:
        today = self.now.date()
        monday = today + dt.timedelta(days=7 - today.weekday())
        times: dict[str, tuple[Any, dt.datetime | None]] = {"never": (_("Not at all"), None)}
        if bookmark.remind_at:
            known = date_format(timezone.localtime(bookmark.remind_at), "j F Y, H:i")
            times["as-it-is"] = (_("As set: %(time)s") % {"time": known}, bookmark.remind_at)
        if self.now.time() < EVENING:
            times["tonight"] = (_("This evening, 18:00"), self._at(today, EVENING))
        times["tomorrow"] = (_("Tomorrow morning, 08:00"), self._at(today + dt.timedelta(days=1), MORNING))
        times["monday"] = (_("Next Monday, 08:00"), self._at(monday, MORNING))
        times["day"] = (_("On another day, 08:00"), None)
        return times

    def _is_good(self, day: dt.date | None) -> bool:
        return day is not None and self.now.date() < day <= self.now.date() + FURTHEST

    def _at(self, day: dt.date, time: dt.time) -> dt.datetime:
        return dt.datetime.combine(day, time, tzinfo=timezone.get_current_timezone())
