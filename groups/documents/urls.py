"""Addresses of the room."""

from django.urls import path

from groups.documents import views, views_lead

app_name = "documents"
urlpatterns = [
    path("", views.library, name="list"),
    path("new/", views_lead.new, name="new"),
    path("<int:pk>/", views.document, name="document"),
    path("<int:pk>/version/", views_lead.version, name="version"),
    path("<int:pk>/edit/", views_lead.edit, name="edit"),
    path("<int:pk>/supersede/", views_lead.supersede, name="supersede"),
    path("<int:pk>/remove/", views_lead.remove, name="remove"),
    path("<int:pk>/pin/", views_lead.pin, name="pin"),
    path("<int:pk>/versions/<int:number>/", views.read, name="read"),
    path("<int:pk>/versions/<int:number>/<str:name>", views.file, name="file"),
]
