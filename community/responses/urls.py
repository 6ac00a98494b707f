"""Addresses of the room."""

from django.urls import path

from community.responses import views, views_saved

app_name = "responses"
urlpatterns = [
    path("responses/", views.respond, name="respond"),
    path("responses/<slug:subject>/", views.who, name="who"),
    path("saved/", views_saved.saved, name="saved"),
    path("saved/<int:pk>/", views_saved.bookmark, name="bookmark"),
    path("saved/<int:pk>/remove/", views_saved.remove, name="remove"),
]
