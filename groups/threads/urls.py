"""Addresses of the room, under /groups/<slug>/threads/."""

from django.urls import path

from groups.threads import (
    views,
    views_answers,
    views_compose,
    views_history,
    views_life,
    views_lists,
    views_masked,
    views_similar,
    views_tags,
    views_tidy,
    views_undo,
    views_write,
)

app_name = "threads"
urlpatterns = [
    path("", views_lists.threads, name="list"),
    path("read-all/", views_lists.read_all, name="read-all"),
    path("new/", views_write.new, name="new"),
    path("people/", views_compose.people, name="people"),
    path("files/", views_compose.upload, name="upload"),
    path("files/<int:file>/", views_compose.waiting, name="waiting"),
    path("<int:pk>-<slug:title>/", views.thread, name="thread"),
    path("<int:pk>/reply/", views_write.reply, name="reply"),
    path("<int:pk>/read/", views.read, name="read"),
    path("<int:pk>/unread/", views.unread, name="unread"),
    path("<int:pk>/close/", views_life.close, name="close"),
    path("<int:pk>/life/", views_life.life, name="life"),
    path("<int:pk>/archive/", views_life.archive, name="archive"),
    path("<int:pk>/acknowledge/", views_answers.acknowledge, name="acknowledge"),
    path("<int:pk>/acknowledgements/", views_answers.acknowledgements, name="acknowledgements"),
    path("<int:pk>/tags/", views_tags.tags, name="tags"),
    path("<int:pk>/tidy/", views_tidy.tidy, name="tidy"),
    path("<int:pk>/merge/", views_tidy.merge, name="merge"),
    path("<int:pk>/move/", views_tidy.move, name="move"),
    path("<int:pk>/pin/", views_life.pin, name="pin"),
    path("<int:pk>/posts/<int:number>/", views.post, name="post"),
    path("<int:pk>/posts/<int:number>/accept/", views_answers.accept, name="accept"),
    path("similar/", views_similar.similar, name="similar"),
    path("<int:pk>/summary/", views_history.summary, name="summary"),
    path("<int:pk>/summary/history/", views_history.summary_history, name="summary-history"),
    path("<int:pk>/posts/<int:number>/history/", views_history.post_history, name="history"),
    path("<int:pk>/posts/<int:number>/undo/", views_undo.undo, name="undo"),
    path("<int:pk>/posts/<int:number>/writer/", views_masked.writer, name="writer"),
    path("<int:pk>/posts/<int:number>/edit/", views_write.edit, name="edit"),
    path("<int:pk>/posts/<int:number>/remove/", views_write.remove, name="remove"),
    path("<int:pk>/posts/<int:number>/files/<int:file>/", views.file, name="file"),
]
