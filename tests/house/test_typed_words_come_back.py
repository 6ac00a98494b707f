"""What people type into a longer field stands on the page that says why it was not taken."""

import importlib
import pkgutil

from django import forms

import community
import groups
import realtime
from community.http import TYPED
from community.moderation.models.told import ASKED


def below(kind):
    return [each for sub in kind.__subclasses__() for each in (sub, *below(sub))]


def test_each_longer_field_is_known_to_the_page_that_hands_it_back():
    for floor in (community, groups, realtime):
        for found in pkgutil.walk_packages(floor.__path__, f"{floor.__name__}."):
            if ".forms" in found.name or ".views" in found.name:
                importlib.import_module(found.name)
    ours = [
        kind for kind in below(forms.BaseForm) if kind.__module__.split(".")[0] in {"community", "groups", "realtime"}
    ]
    named = {
        (f"{kind.__module__}.{kind.__name__}", name)
        for kind in ours
        for name, field in getattr(kind, "base_fields", {}).items()
        if isinstance(field.widget, forms.Textarea)
    }
    assert len(named) > 10
    assert not {each for each in named if each[1] not in TYPED}


def test_so_is_each_that_the_second_step_of_a_report_asks():
    asked = {name for kind in ASKED.values() for name, each in kind.items() if each.most} - {"email"}
    assert asked and asked <= TYPED
