"""Addresses of the room."""

from django.urls import path

from groups.search import views

app_name = "search"
urlpatterns = [path("", views.results, name="results")]
