"""How far each member has read a room."""

from django.db import models

from community.members.models import Member


class ReadMark(models.Model):
    """Up to which number a member has read a room. Only they are ever shown it.

    Of a room of two: `is_muted`, nobody tells them of it; `has_left`, nobody writes there until they come back.
    """

    room = models.ForeignKey("chat.Room", models.CASCADE, related_name="read_marks")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    number = models.PositiveBigIntegerField()
    is_muted = models.BooleanField(default=False)
    has_left = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint("room", "member", name="one_mark_a_room")]
