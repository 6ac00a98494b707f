"""Addresses of the room, under /groups/<slug>/threads/."""

from django.urls import path

from groups.threads import views

app_name = "threads"
urlpatterns = [
    path("", views.threads, name="list"),
    path("<int:pk>-<slug:title>/", views.thread, name="thread"),
    path("<int:pk>/posts/<int:number>/", views.post, name="post"),
]
