package dev.newel.filter.protocol;

import dev.newel.filter.Engine;
import dev.newel.filter.decide.Finding;
import dev.newel.filter.decide.Sweep;
import dev.newel.filter.detect.Origin;
import dev.newel.policy.Direction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Texts that stand side by side in the content of one message: a model reads them as one, so they
 * are judged each by itself and put together. What spans several is masked in each of them.
 */
final class AdjacentTexts {
  private final List<TextPart> parts;

  private AdjacentTexts(List<TextPart> parts) {
    this.parts = parts;
  }

  /** Those of a document that have company, in its order. */
  static List<AdjacentTexts> of(List<TextPart> texts) {
    Map<List<Object>, List<TextPart>> groups = new LinkedHashMap<>();
    for (TextPart text : texts) {
      List<Object> path = text.path();
      int size = path.size();
      if (text.form() == TextPart.Form.STRING
          && size >= 3
          && path.get(size - 1).equals("text")
          && path.get(size - 2) instanceof Integer) {
        List<Object> group = new ArrayList<>(path.subList(0, size - 2));
        group.add(text.part());
        groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(text);
      }
    }
    return groups.values().stream().filter(g -> g.size() > 1).map(AdjacentTexts::new).toList();
  }

  /** All that is found in the texts put together, and begins in one and ends in another. */
  List<Finding> across(Engine engine, Origin origin) {
    var joined = new StringBuilder();
    var ends = new TreeSet<Integer>();
    for (TextPart part : parts) {
      joined.append(part.value());
      ends.add(joined.length());
    }
    return engine.judge(joined.toString(), origin).findings().stream()
        .filter(f -> ends.ceiling(f.start() + 1) < f.end())
        .toList();
  }

  Origin origin(Direction direction) {
    return new Origin(parts.getFirst().part(), direction);
  }

  /**
   * The edits of each text.
   *
   * @param across what spans several, in positions of the texts put together
   * @param alone what was found in each text by itself
   */
  Map<TextPart, List<Sweep.Edit>> edits(
      List<Finding> across, Map<TextPart, List<Finding>> alone, Engine engine) {
    var all = new ArrayList<>(across);
    int length = 0;
    for (TextPart part : parts) {
      for (Finding finding : alone.getOrDefault(part, List.of())) {
        all.add(finding.shift(length));
      }
      length += part.value().length();
    }
    List<Sweep.Edit> edits = Sweep.edits(all, 0, length, engine.masker());
    Map<TextPart, List<Sweep.Edit>> out = new LinkedHashMap<>();
    int from = 0;
    for (TextPart part : parts) {
      int to = from + part.value().length();
      var own = new ArrayList<Sweep.Edit>();
      for (Sweep.Edit edit : edits) {
        int start = Math.max(edit.start(), from);
        int end = Math.min(edit.end(), to);
        if (start < end) {
          own.add(new Sweep.Edit(start - from, end - from, edit.replacement()));
        }
      }
      out.put(part, own);
      from = to;
    }
    return out;
  }
}
