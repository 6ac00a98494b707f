"""Addresses of the room."""

from django.urls import path

from community.drafts import views

app_name = "drafts"
urlpatterns = [
    path("", views.drafts, name="list"),
    path("save/", views.save, name="save"),
    path("<int:pk>/discard/", views.discard, name="discard"),
]
