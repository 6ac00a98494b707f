"""What a document can be, who may use it, and in which language it is."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    TERMS = "terms", _("Terms of reference")
    AGENDA = "agenda", _("Agenda")
    PAPER = "paper", pgettext_lazy("a paper for a meeting", "Paper")
    MINUTES = "minutes", pgettext_lazy("of a meeting", "Minutes")
    ACTIONS = "actions", _("Action log")
    CONSULTATION = "consultation", _("Consultation")
    TOOLKIT = "toolkit", _("Toolkit")
    TEMPLATE = "template", _("Template")
    GUIDANCE = "guidance", _("Guidance")
    CASE_STUDY = "case-study", _("Case study")
    SLIDES = "slides", _("Slides")
    RECORDING = "recording", _("Recording link")
    LETTER = "letter", _("Letter")


class Rights(models.TextChoices):
    OWN = "own", _("Our own work")
    OPEN = "open", _("Open licence")
    PERMISSION = "permission", _("Permission held")
    LINK = "link", _("Link only")


class Audience(models.TextChoices):
    TEACHERS = "teachers", _("Teachers and tutors")
    LEADERS = "leaders", _("Leaders and managers")
    SCHOOLS = "schools", _("Schools")
    FAMILIES = "families", _("Families")
    PARTNERS = "partners", _("Partners and funders")


class Language(models.TextChoices):
    ENGLISH = "en", _("English")
    WELSH = "cy", _("Welsh")
    GAELIC = "gd", _("Scottish Gaelic")
    IRISH = "ga", _("Irish")
    SCOTS = "sco", _("Scots")
