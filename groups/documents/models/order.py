"""In which orders a library is listed, and the indexes that make page 500 cost what page 1 does."""

from datetime import date

from django.db.models import Case, F, Index, Q, Value, When
from django.db.models.functions import Coalesce, Lower

SEEN = Q(hidden=None, removed_at=None)
NEVER = date(9999, 12, 31)
# A hidden document's place in the list tells nothing about it.
BY_TITLE = Case(When(hidden=None, then=Lower("title")), default=Value(""))
BY_USE = Case(When(hidden=None, then=F("use")), default=Value(0))
BY_REVIEW = Case(When(hidden=None, then=Coalesce(F("review_on"), Value(NEVER))), default=Value(NEVER))
FACETS = ("kind", "nation", "audience", "language")  # of each, the list says which values there are
INDEXES = [
    Index(fields=["group", "-is_pinned", "-changed_at", "-id"], name="library"),
    Index(F("group"), F("is_pinned").desc(), BY_TITLE, F("id"), name="library_by_title"),
    Index(F("group"), F("is_pinned").desc(), BY_REVIEW, F("id"), name="library_by_review"),
    Index(F("group"), F("is_pinned").desc(), BY_USE.desc(), F("id").desc(), name="library_by_use"),
    Index(F("group"), F("is_pinned").desc(), F("id").desc(), name="library_by_age"),
    Index(fields=["group", *FACETS], condition=SEEN, name="library_facets"),
    Index("group", F("removed_at").desc(), F("id").desc(), condition=Q(removed_at__isnull=False), name="bin"),
]
