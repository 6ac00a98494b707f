"""The one socket address. Neutral words: filters block "chat"."""

from django.urls import path

from realtime.consumers import LiveConsumer

websocket_urlpatterns = [path("live/socket/", LiveConsumer.as_asgi())]
