"""Addresses of the room."""

from django.urls import path

from groups.documents import views, views_collections, views_folders, views_lead, views_review, views_versions

app_name = "documents"
urlpatterns = [
    path("", views.library, name="list"),
    path("folders/", views_folders.folders, name="folders"),
    path("folders/<int:pk>/", views_folders.folder, name="folder"),
    path("collections/new/", views_collections.new, name="new_collection"),
    path("collections/<int:pk>/", views_collections.collection, name="collection"),
    path("collections/<int:pk>/edit/", views_collections.edit, name="edit_collection"),
    path("collections/<int:pk>/items/", views_collections.items, name="collect"),
    path("collections/<int:pk>/zip/", views_collections.as_zip, name="collection_zip"),
    path("zip/", views_collections.library_as_zip, name="library_zip"),
    path("<int:pk>/collect/", views_collections.add, name="add_to_collection"),
    path("bin/", views_lead.bin_of, name="bin"),
    path("new/", views_lead.new, name="new"),
    path("<int:pk>/", views.document, name="document"),
    path("<int:pk>/version/", views_lead.version, name="version"),
    path("<int:pk>/edit/", views_lead.edit, name="edit"),
    path("<int:pk>/supersede/", views_lead.supersede, name="supersede"),
    path("<int:pk>/remove/", views_lead.remove, name="remove"),
    path("<int:pk>/pin/", views_lead.pin, name="pin"),
    path("<int:pk>/review/", views_review.ask, name="ask_review"),
    path("<int:pk>/review/<int:review>/", views_review.respond, name="answer_review"),
    path("<int:pk>/review/<int:review>/end/", views_review.end, name="end_review"),
    path("<int:pk>/state/", views_review.declare, name="declare"),
    path("<int:pk>/hold/", views_versions.hold, name="hold"),
    path("<int:pk>/put-back/", views_lead.put_back, name="put_back"),
    path("<int:pk>/versions/<int:number>/", views_versions.read, name="read"),
    path("<int:pk>/versions/<int:number>/changes/", views_versions.compare, name="compare"),
    path("<int:pk>/versions/<int:number>/bring-back/", views_versions.bring_back, name="bring_back"),
    path("<int:pk>/versions/<int:number>/<str:name>", views.file, name="file"),
]
