package dev.newel.filter.check;

import dev.newel.filter.Engine;
import dev.newel.filter.decide.Finding;
import dev.newel.filter.detect.Origin;
import dev.newel.policy.Action;
import dev.newel.policy.OnFailure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Judges texts as a filter would, and says so in JSON: {@code {"id", "action", "masked",
 * "findings": [{"rule", "detector", "entity", "start", "end", "score", "view"}], "inspected",
 * "total"}}. Positions count Unicode code points of the given text; inspected and total count them,
 * too.
 */
public final class TextJudge {
  private final Engine engine;

  public TextJudge(Engine engine) {
    this.engine = engine;
  }

  /**
   * A judged text.
   *
   * @param json one line
   */
  public record Judged(Action action, String json) {}

  /** Judges one text. */
  public Judged judge(GivenText given) {
    boolean looked = engine.looksAt(given.part());
    Optional<Engine.Judgement> judgement = looked ? ask(given) : Optional.of(untouched(given));
    boolean closed = engine.settings().onError() == OnFailure.BLOCK;
    Action action =
        judgement.map(Engine.Judgement::action).orElse(closed ? Action.BLOCK : Action.ALLOW);
    Optional<String> masked =
        judgement.isPresent()
            ? judgement.get().masked()
            : Optional.of(given.text()).filter(_ -> !closed);
    int total = given.text().codePointCount(0, given.text().length());
    var json = new StringBuilder(given.text().length() + 128);
    json.append("{\"id\":").append(given.id());
    json.append(",\"action\":\"").append(name(action));
    json.append("\",\"masked\":").append(masked.map(JsonLine::quote).orElse("null"));
    json.append(",\"findings\":[");
    findings(given.text(), judgement.map(Engine.Judgement::findings).orElse(List.of()), json);
    json.append("],\"inspected\":").append(looked && judgement.isPresent() ? total : 0);
    json.append(",\"total\":").append(total).append('}');
    return new Judged(action, json.toString());
  }

  /** Empty when a detector failed or ran out of time: the policy says what that means. */
  private Optional<Engine.Judgement> ask(GivenText given) {
    try {
      return Optional.of(engine.judge(given.text(), new Origin(given.part(), given.direction())));
    } catch (RuntimeException | StackOverflowError e) {
      return Optional.empty();
    }
  }

  private static Engine.Judgement untouched(GivenText given) {
    return new Engine.Judgement(Action.ALLOW, Optional.of(given.text()), List.of());
  }

  private static void findings(String text, List<Finding> findings, StringBuilder json) {
    var points = new CodePoints(text, findings);
    String comma = "";
    for (Finding f : findings) {
      json.append(comma).append("{\"rule\":").append(JsonLine.quote(f.rule().id().toString()));
      json.append(",\"detector\":").append(JsonLine.quote(f.detector()));
      json.append(",\"entity\":").append(JsonLine.quote(f.entity()));
      json.append(",\"start\":").append(points.at(f.start()));
      json.append(",\"end\":").append(points.at(f.end()));
      json.append(",\"score\":").append(f.score());
      json.append(",\"view\":").append(JsonLine.quote(f.view())).append('}');
      comma = ",";
    }
  }

  /** How many code points begin before the indices that findings speak of; one pass. */
  private static final class CodePoints {
    private final int[] indices;
    private final int[] counts;

    CodePoints(String text, List<Finding> findings) {
      indices =
          findings.stream()
              .flatMapToInt(f -> IntStream.of(f.start(), f.end()))
              .distinct()
              .sorted()
              .toArray();
      counts = new int[indices.length];
      int from = 0;
      int count = 0;
      for (int i = 0; i < indices.length; i++) {
        count += text.codePointCount(from, indices[i]);
        counts[i] = count;
        boolean split =
            indices[i] > 0
                && indices[i] < text.length()
                && Character.isSurrogatePair(text.charAt(indices[i] - 1), text.charAt(indices[i]));
        from = split ? indices[i] + 1 : indices[i];
      }
    }

    int at(int index) {
      return counts[java.util.Arrays.binarySearch(indices, index)];
    }
  }

  /** As it stands in a manifest: {@code Mask}. */
  private static String name(Action action) {
    return action.name().charAt(0) + action.name().substring(1).toLowerCase(Locale.ROOT);
  }
}
