"""SQLite FTS5 on the passages and queries of the bench."""

import os
import sqlite3

import peer

TEXT, META = "passage", "meta"
ONE = ("kind", "source", "phase", "speaker", "medium")


def make(path):
    def run(passages):
        if os.path.exists(path):
            os.remove(path)
        db = sqlite3.connect(path)
        db.executescript("""
            PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
            CREATE VIRTUAL TABLE passage USING fts5(terms, tokenize = "unicode61 remove_diacritics 0");
            CREATE TABLE meta(doc INTEGER PRIMARY KEY, kind INTEGER, source INTEGER, phase INTEGER, speaker INTEGER, medium INTEGER, day INTEGER, year INTEGER);
            CREATE TABLE actor(doc INTEGER, actor INTEGER, PRIMARY KEY(doc, actor)) WITHOUT ROWID;
            CREATE TABLE names(id INTEGER PRIMARY KEY, name TEXT UNIQUE);
        """)
        names = {}

        def number(name):
            return names.setdefault(name, len(names) + 1)

        for doc, p in enumerate(passages, 1):
            db.execute("INSERT INTO passage(rowid, terms) VALUES (?, ?)", (doc, p["terms"]))
            db.execute("INSERT INTO meta VALUES (?,?,?,?,?,?,?,?)", (doc, *(number(p[f]) for f in ONE), p["day"], p["year"]))
            db.executemany("INSERT INTO actor VALUES (?, ?)", [(doc, number(a)) for a in p["actors"]])
        db.executemany("INSERT INTO names VALUES (?, ?)", [(i, n) for n, i in names.items()])
        db.execute("CREATE INDEX by_actor ON actor(actor, doc)")
        db.execute("INSERT INTO passage(passage) VALUES ('optimize')")
        db.commit()
        db.close()

    return run


def open_index(path):
    db = sqlite3.connect("file:%s?mode=ro" % path, uri=True)
    db.execute("PRAGMA mmap_size = 8000000000")
    db.execute("PRAGMA temp_store = MEMORY")
    return db


def quote(word):
    return '"' + word + '"'


def match(q):
    words = [quote(w) for w in q["words"]]
    if q["class"] in ("any of 3", "filtered"):
        return " OR ".join(words)
    if q["class"] == "phrase":
        return quote(" ".join(q["words"]))
    if q["class"] == "prefix":
        return words[0] + "*"
    return " AND ".join(words)


def ask(db, q, full):
    if q["class"] in ("fuzzy", "plain"):
        return None
    tables, where, values = "passage", "passage MATCH ?", [match(q)]
    if q.get("from"):
        tables += " CROSS JOIN meta ON meta.doc = passage.rowid"
        where += " AND day BETWEEN ? AND ?"
        values += [q["from"], q["to"]]
    if q.get("actor"):
        where += " AND EXISTS (SELECT 1 FROM actor WHERE doc = passage.rowid AND actor = (SELECT id FROM names WHERE name = ?))"
        values.append(q["actor"])
    if not full:
        total = db.execute("SELECT count(*) FROM %s WHERE %s" % (tables, where), values).fetchone()[0]
        db.execute("SELECT passage.rowid FROM %s WHERE %s ORDER BY rank LIMIT 10" % (tables, where), values).fetchall()
        return total
    db.execute("DROP TABLE IF EXISTS temp.hits")
    db.execute("CREATE TEMP TABLE hits AS SELECT passage.rowid AS doc FROM %s WHERE %s" % (tables, where), values)
    total = db.execute("SELECT count(*) FROM temp.hits").fetchone()[0]
    for field in ONE + ("year",):
        db.execute("SELECT %s, count(*) FROM temp.hits CROSS JOIN meta USING (doc) GROUP BY 1 ORDER BY 2 DESC LIMIT 200" % field).fetchall()
    db.execute("SELECT actor, count(*) FROM temp.hits CROSS JOIN actor USING (doc) GROUP BY 1 ORDER BY 2 DESC LIMIT 200").fetchall()
    db.execute("SELECT passage.rowid, snippet(passage, 0, '[', ']', '...', 40) FROM %s WHERE %s ORDER BY rank LIMIT 10" % (tables, where), values).fetchall()
    return total


def main():
    folder, seconds = peer.arguments()
    path = os.path.join(folder, "sqlite.db")
    made = peer.build(folder, path, make(path))
    peer.measure("sqlite", folder, made, lambda: open_index(path), ask, seconds)


if __name__ == "__main__":
    main()
