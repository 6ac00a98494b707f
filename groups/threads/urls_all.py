"""Addresses of what concerns the discussions of all of one's groups, under /discussions/."""

from django.urls import path

from groups.threads import views_lists

app_name = "discussions"
urlpatterns = [
    path("", views_lists.everything, name="list"),
    path("counts/", views_lists.counts, name="counts"),
    path("next/", views_lists.next_unread, name="next"),
]
