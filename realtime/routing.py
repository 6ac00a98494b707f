"""The socket addresses (neutral words: filters block "chat"); any other is refused without a word."""

from channels.generic.websocket import AsyncWebsocketConsumer
from django.urls import path, re_path

from realtime.consumers import LiveConsumer
from realtime.views_check import CheckConsumer


class Nowhere(AsyncWebsocketConsumer):
    """An address that leads nowhere. Without it, every stranger's guess would be an error in our log."""

    channel_layer_alias = "none"

    async def connect(self) -> None:
        await self.close()


websocket_urlpatterns = [
    path("live/socket/", LiveConsumer.as_asgi()),
    path("live/check/socket/", CheckConsumer.as_asgi()),
    re_path(r"", Nowhere.as_asgi()),
]
