package dev.newel.cli.check;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.newel.filter.Engine;
import dev.newel.filter.decide.Finding;
import dev.newel.filter.detect.Origin;
import dev.newel.policy.Action;
import dev.newel.policy.OnFailure;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Judges texts as a filter would, and says so in JSON. */
final class TextJudge {
  /** An unpaired surrogate: cannot be encoded, so it is written as an escape. */
  private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Engine engine;

  TextJudge(Engine engine) {
    this.engine = engine;
  }

  /**
   * A judged text.
   *
   * @param json one line
   */
  record Judged(Action action, String json) {}

  Judged judge(TextLine line) {
    boolean looked = engine.looksAt(line.part());
    Optional<Engine.Judgement> judgement = looked ? ask(line) : Optional.of(untouched(line));
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    Action action =
        judgement
            .map(Engine.Judgement::action)
            .orElse(engine.settings().onError() == OnFailure.BLOCK ? Action.BLOCK : Action.ALLOW);
    int total = line.text().codePointCount(0, line.text().length());
    out.set("id", line.id());
    out.put("action", name(action));
    out.put(
        "masked",
        judgement
            .map(j -> j.masked().orElse(null))
            .orElse(action == Action.BLOCK ? null : line.text()));
    findings(
        line.text(),
        judgement.map(Engine.Judgement::findings).orElse(List.of()),
        out.putArray("findings"));
    out.put("inspected", looked && judgement.isPresent() ? total : 0);
    out.put("total", total);
    return new Judged(action, write(out));
  }

  /** Empty when a detector failed or ran out of time: the policy says what that means. */
  private Optional<Engine.Judgement> ask(TextLine line) {
    try {
      return Optional.of(engine.judge(line.text(), new Origin(line.part(), line.direction())));
    } catch (RuntimeException | StackOverflowError e) {
      return Optional.empty();
    }
  }

  private static Engine.Judgement untouched(TextLine line) {
    return new Engine.Judgement(Action.ALLOW, Optional.of(line.text()), List.of());
  }

  private static void findings(String text, List<Finding> findings, ArrayNode out) {
    int[] points = codePoints(text);
    for (Finding f : findings) {
      out.addObject()
          .put("rule", f.rule().id().toString())
          .put("detector", f.detector())
          .put("entity", f.entity())
          .put("start", points[f.start()])
          .put("end", points[f.end()])
          .put("score", f.score());
    }
  }

  /** How many code points begin before each index. */
  private static int[] codePoints(String text) {
    int[] points = new int[text.length() + 1];
    for (int i = 1; i <= text.length(); i++) {
      boolean second =
          i > 1
              && Character.isLowSurrogate(text.charAt(i - 1))
              && Character.isHighSurrogate(text.charAt(i - 2));
      points[i] = points[i - 1] + (second ? 0 : 1);
    }
    return points;
  }

  /** As it stands in a manifest: {@code Mask}. */
  private static String name(Action action) {
    return JSON.convertValue(action, String.class);
  }

  private static String write(ObjectNode line) {
    var out = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(out)) {
      JSON.writeTree(generator, line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return LONE_SURROGATE
        .matcher(out.toString())
        .replaceAll(m -> "\\\\u%04x".formatted((int) m.group().charAt(0)));
  }
}
