"""Xapian on the passages and queries of the bench."""

import os
import shutil

import xapian

import peer

# Xapian writes its changes every 10,000 documents if not told otherwise, and merges them with
# all that is there: at a million documents that takes hours.
os.environ.setdefault("XAPIAN_FLUSH_THRESHOLD", "250000")

# value slots; actors have several values and get one each
KIND, SOURCE, PHASE, SPEAKER, MEDIUM, DAY, YEAR, ACTOR = range(8)
ACTORS = 8


def make(path):
    def run(passages):
        shutil.rmtree(path, ignore_errors=True)
        whole = path + ".building"
        db = xapian.WritableDatabase(whole, xapian.DB_CREATE_OR_OVERWRITE | xapian.DB_NO_SYNC)
        for p in passages:
            doc = xapian.Document()
            for at, term in enumerate(p["terms"].split(" "), 1):
                doc.add_posting(term, at)
            for slot, field in ((KIND, "kind"), (SOURCE, "source"), (PHASE, "phase"), (SPEAKER, "speaker"), (MEDIUM, "medium")):
                doc.add_value(slot, p[field])
            doc.add_value(DAY, xapian.sortable_serialise(p["day"]))
            doc.add_value(YEAR, str(p["year"]))
            for i, actor in enumerate(p["actors"][:ACTORS]):
                doc.add_value(ACTOR + i, actor)
                doc.add_boolean_term("XA" + actor)
            doc.set_data(p["text"])
            db.add_document(doc)
        db.commit()
        db.compact(path)
        db.close()
        shutil.rmtree(whole)

    return run


def query(q, database):
    words = [xapian.Query(w) for w in q["words"]]
    if q["class"] in ("any of 3", "filtered"):
        out = xapian.Query(xapian.Query.OP_OR, words)
    elif q["class"] == "phrase":
        out = xapian.Query(xapian.Query.OP_PHRASE, words, len(words))
    elif q["class"] == "prefix":
        out = xapian.Query(xapian.Query.OP_WILDCARD, q["words"][0], 0, xapian.Query.WILDCARD_LIMIT_ERROR)
    else:
        out = xapian.Query(xapian.Query.OP_AND, words)
    if q.get("actor"):
        out = xapian.Query(xapian.Query.OP_FILTER, out, xapian.Query("XA" + q["actor"]))
    if q.get("from"):
        dates = xapian.Query(xapian.Query.OP_VALUE_RANGE, DAY, xapian.sortable_serialise(q["from"]), xapian.sortable_serialise(q["to"]))
        out = xapian.Query(xapian.Query.OP_FILTER, out, dates)
    return out


def ask(db, q, full):
    if q["class"] in ("fuzzy", "plain"):
        return None
    enquire = xapian.Enquire(db)
    asked = query(q, db)
    enquire.set_query(asked)
    spies = []
    if full:
        for slot in (KIND, SOURCE, PHASE, SPEAKER, MEDIUM, YEAR, *range(ACTOR, ACTOR + ACTORS)):
            spies.append(xapian.ValueCountMatchSpy(slot))
            enquire.add_matchspy(spies[-1])
    found = enquire.get_mset(0, 10, db.get_doccount())
    if full:
        for spy in spies:
            for _ in spy.top_values(200):
                pass
        for hit in found:
            found.snippet(hit.document.get_data(), 240)
    else:
        for hit in found:
            hit.docid
    return found.get_matches_estimated()


def main():
    folder, seconds = peer.arguments()
    path = os.path.join(folder, "xapian")
    made = peer.build(folder, path, make(path))
    peer.measure("xapian", folder, made, lambda: xapian.Database(path), ask, seconds)


if __name__ == "__main__":
    main()
