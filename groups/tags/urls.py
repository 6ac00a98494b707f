"""Addresses of the room: a group's tags under its settings, the shared ones and one's own choice beside the groups."""

from django.urls import path

from groups.tags import views

app_name = "tags"
urlpatterns = [
    path("groups/<slug:slug>/settings/tags/", views.group, name="group"),
    path("groups/<slug:slug>/settings/tags/<int:pk>/", views.change, name="change"),
    path("tags/", views.shared, name="shared"),
    path("tags/<int:pk>/", views.change_shared, name="change-shared"),
    path("account/nations/", views.muted, name="muted"),
]
