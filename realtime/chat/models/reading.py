"""How far each member has read a room."""

from django.db import models

from community.members.models import Member


class ReadMark(models.Model):
    """Up to which number a member has read a room. Only they are ever shown it. `is_muted`: nobody tells them of it."""

    room = models.ForeignKey("chat.Room", models.CASCADE, related_name="read_marks")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    number = models.PositiveBigIntegerField()
    is_muted = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint("room", "member", name="one_mark_a_room")]
