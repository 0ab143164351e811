import com.google.gson.*;
import java.nio.file.*; import java.util.*; import java.io.*;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.*;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.*;
// usage: BM25 docs.jsonl topics.tsv run k1 b [k1 b run]...
public class BM25 {
  public static void main(String[] a) throws Exception {
    var dir = new ByteBuffersDirectory();
    var an = new EnglishAnalyzer();
    var w = new IndexWriter(dir, new IndexWriterConfig(an));
    for (String line : Files.readAllLines(Path.of(a[0]))) {
      if (line.isBlank()) continue;
      var o = JsonParser.parseString(line).getAsJsonObject();
      String id = (o.has("id") ? o.get("id") : o.get("_id")).getAsString();
      String title = o.has("title") ? o.get("title").getAsString() : "";
      String text = o.get("text").getAsString();
      if (!title.isEmpty()) text = title + ". " + text;
      var d = new Document();
      d.add(new StringField("id", id, Field.Store.YES));
      d.add(new TextField("text", text, Field.Store.NO));
      w.addDocument(d);
    }
    w.close();
    var r = DirectoryReader.open(dir);
    for (int i = 2; i + 2 < a.length; i += 3) {
      var s = new IndexSearcher(r);
      s.setSimilarity(new BM25Similarity(Float.parseFloat(a[i+1]), Float.parseFloat(a[i+2])));
      try (var out = new PrintWriter(a[i])) {
        for (String line : Files.readAllLines(Path.of(a[1]))) {
          if (line.isBlank() || line.startsWith("#")) continue;
          String[] f = line.split("\t");
          var q = new QueryParser("text", an).parse(QueryParser.escape(f[3]).replaceAll("\\b(AND|OR|NOT)\\b", " "));
          var hits = s.search(q, 10).scoreDocs;
          int rank = 0;
          for (var h : hits) out.printf("%s Q0 %s %d %f lucene%n", f[0], s.storedFields().document(h.doc).get("id"), ++rank, h.score);
        }
      }
    }
  }
}
