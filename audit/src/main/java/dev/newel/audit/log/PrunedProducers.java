package dev.newel.audit.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Where producers stood when leaves were pruned: some of them may have no leaf left. */
final class PrunedProducers {
  private static final String FILE = "producers.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Head(long epoch, long seq, String hash, boolean closed) {}

  private PrunedProducers() {}

  static Map<String, ProducerChain> read(LogStorage storage) throws IOException {
    var chains = new HashMap<String, ProducerChain>();
    var file = storage.file(FILE);
    if (file.isPresent()) {
      JSON.readValue(file.get(), new TypeReference<Map<String, Head>>() {})
          .forEach((name, head) ->
              chains.put(
                  name, ProducerChain.at(head.epoch(), head.seq(), head.hash(), head.closed())));
    }
    return chains;
  }

  static void write(LogStorage storage, Map<String, ProducerChain> chains) throws IOException {
    var heads = new TreeMap<String, Head>();
    chains.forEach(
        (name, c) -> heads.put(name, new Head(c.epoch(), c.seq(), c.hash(), c.closed())));
    storage.writeDurably(FILE, JSON.writeValueAsString(heads).getBytes(UTF_8));
  }
}
