"""The log behind everything live: numbered streams and what happened in them. See `community.live`."""

from django.db import connection, models


class Stream(models.Model):
    """A named stream and the number of its last event. The row is the lock that keeps the numbers free of gaps."""

    name = models.CharField(max_length=80, primary_key=True)
    last = models.PositiveBigIntegerField(default=0)

    @classmethod
    def advance(cls, name: str) -> int:
        """The next number of a stream. Call inside the transaction: a rollback gives the number back."""
        table = connection.ops.quote_name(cls._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (name, last) VALUES (%s, 1)"  # noqa: S608 - the table name is ours
                f" ON CONFLICT (name) DO UPDATE SET last = {table}.last + 1 RETURNING last",
                [name],
            )
            return int(cursor.fetchone()[0])


class Event(models.Model):
    """Something changed: `verb` at `target` of the page, concerning `thing` ("threads.post", 12), if any.

    No text is kept here. Whoever catches up is shown the thing as it is now, so what was hidden stays hidden.
    """

    stream = models.CharField(max_length=80)
    number = models.PositiveBigIntegerField()
    verb = models.CharField(max_length=10)
    target = models.CharField(max_length=80, blank=True)
    thing_model = models.CharField(max_length=80, blank=True)
    thing_id = models.PositiveBigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint("stream", "number", name="one_event_a_number")]
