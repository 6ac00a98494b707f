"""The fields people write in: a text, pictures and files, the files already uploaded, the number of a post."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

MOST_FILES = 10


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class Uploads(forms.FileField):
    """Any number of files, as a list."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = [super(Uploads, self).clean(each, initial) for each in data or []]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("A post can have %(most)s files.") % {"most": MOST_FILES})
        return files


class Numbers(forms.Field):
    """Numbers of rows, as many as there are. What is no number names nothing."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[int]:
        return [number for number in map(number_in, value or []) if number]


class Number(forms.CharField):
    """The number of a post, 0 if there is none."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> int:
        return number_in(value)


def number_in(value: Any) -> int:
    """What stands there as a number that a row can have, else 0."""
    words = str(value or "")
    return int(words) if words.isascii() and words.isdigit() and len(words) < 10 else 0
