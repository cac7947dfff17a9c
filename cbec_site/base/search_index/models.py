"""The index: one row for each row that can be found, public or not."""

from django.db import models


class PiecesField(models.Field):
    """Pieces of a text; read by the database alone (tsvector, or words for FTS5)."""

    def db_type(self, connection):
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_placeholder(self, value, compiler, connection):
        is_array = connection.vendor == "postgresql"
        return "array_to_tsvector(%s::text[])" if is_array else "%s"

    def get_db_prep_value(self, value, connection, prepared=False):
        return value if connection.vendor == "postgresql" else " ".join(value)


class SearchDocument(models.Model):
    """The words of one row. `id` determines its place among all: see `documents`."""

    id = models.BigIntegerField(primary_key=True)
    kind = models.PositiveSmallIntegerField()
    object_id = models.BigIntegerField()
    title_text = models.TextField()
    all_text = models.TextField()
    title_pieces = PiecesField()
    all_pieces = PiecesField()
    version = models.CharField(max_length=40)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id"], name="search_index_document_once"
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.object_id}"
