package dev.newel.filter.tools;

import com.google.re2j.Pattern;
import dev.newel.policy.Check;
import dev.newel.policy.JsonPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What arguments of calls must look like.
 *
 * @param compiled by what the policy says
 */
record ArgumentRules(Map<Check.Tools.Argument, Compiled> compiled) {
  record Compiled(JsonPath path, Pattern pattern) {}

  ArgumentRules {
    compiled = Map.copyOf(compiled);
  }

  static ArgumentRules of(Check.Tools check) {
    var compiled = new HashMap<Check.Tools.Argument, Compiled>();
    check
        .allow()
        .forEach(allowed ->
            allowed
                .arguments()
                .forEach(a ->
                    compiled.put(
                        a, new Compiled(JsonPath.parse(a.path()), Pattern.compile(a.pattern())))));
    return new ArgumentRules(compiled);
  }

  /**
   * Which of the demands these arguments satisfy: none, when they cannot be read as one JSON
   * object.
   *
   * @param arguments JSON; nothing at all stands for no arguments
   */
  Predicate<Check.Tools.Argument> of(String arguments) {
    if (compiled.isEmpty()) {
      return _ -> true;
    }
    Optional<JsonValue> root = JsonValue.read(arguments.isBlank() ? "{}" : arguments);
    return argument ->
        root.filter(r -> satisfied(select(r, compiled.get(argument).path()), argument)).isPresent();
  }

  private boolean satisfied(List<JsonValue> values, Check.Tools.Argument argument) {
    Pattern pattern = compiled.get(argument).pattern();
    return values.stream()
        .allMatch(v -> v instanceof JsonValue.Scalar s && pattern.matcher(s.text()).find());
  }

  private static List<JsonValue> select(JsonValue root, JsonPath path) {
    List<JsonValue> at = List.of(root);
    for (JsonPath.Step step : path.steps()) {
      at = at.stream().flatMap(v -> v.down(step)).toList();
    }
    return at;
  }
}
