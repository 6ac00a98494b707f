"""Addresses of the room."""

from django.urls import path

from community.moderation import views, views_desk

app_name = "moderation"
urlpatterns = [
    path("report/", views.how, name="how"),
    path("report/receipts/<int:pk>/", views.receipt, name="receipt"),
    path("report/<slug:subject>/", views.report, name="report"),
    path("decisions/<int:pk>/", views.decision, name="decision"),
    path("desk/", views_desk.desk, name="desk"),
    path("desk/ledger/", views_desk.entries, name="ledger"),
    path("desk/<slug:subject>/", views_desk.case, name="case"),
]
