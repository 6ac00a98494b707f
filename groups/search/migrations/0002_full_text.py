"""The full-text index, kept by the database itself. On SQLite a later migration that rebuilds search_record must
create the triggers anew: the rebuild drops them."""

from django.db import migrations

MAKE = {
    "sqlite": [
        """CREATE VIRTUAL TABLE search_words USING fts5(title, text, content='search_record', content_rowid='id',
           tokenize='porter unicode61 remove_diacritics 2', prefix='2 3')""",
        """CREATE TRIGGER search_added AFTER INSERT ON search_record BEGIN
             INSERT INTO search_words(rowid, title, text) VALUES (new.id, new.title, new.text); END""",
        """CREATE TRIGGER search_gone AFTER DELETE ON search_record BEGIN
             INSERT INTO search_words(search_words, rowid, title, text)
             VALUES ('delete', old.id, old.title, old.text); END""",
        """CREATE TRIGGER search_changed AFTER UPDATE OF title, text ON search_record BEGIN
             INSERT INTO search_words(search_words, rowid, title, text)
             VALUES ('delete', old.id, old.title, old.text);
             INSERT INTO search_words(rowid, title, text) VALUES (new.id, new.title, new.text); END""",
        "INSERT INTO search_words(search_words) VALUES ('rebuild')",
    ],
    "postgresql": [
        """ALTER TABLE search_record ADD COLUMN words tsvector GENERATED ALWAYS AS (
             setweight(to_tsvector('english', translate(lower(title), 'àáâãäåçèéêëìíîïñòóôõöùúûüýÿŵŷ',
                                                        'aaaaaaceeeeiiiinooooouuuuyywy')), 'A') ||
             setweight(to_tsvector('english', translate(lower(text), 'àáâãäåçèéêëìíîïñòóôõöùúûüýÿŵŷ',
                                                        'aaaaaaceeeeiiiinooooouuuuyywy')), 'B')) STORED""",
        "CREATE INDEX search_words ON search_record USING gin (words)",
    ],
}
UNMAKE = {
    "sqlite": [
        "DROP TRIGGER search_added",
        "DROP TRIGGER search_gone",
        "DROP TRIGGER search_changed",
        "DROP TABLE search_words",
    ],
    "postgresql": ["ALTER TABLE search_record DROP COLUMN words"],
}


def run(statements):
    def running(apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return running


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(run(MAKE), run(UNMAKE))]
