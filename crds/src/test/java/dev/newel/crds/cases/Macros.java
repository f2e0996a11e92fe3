package dev.newel.crds.cases;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Keeps large cases small: {@code <<253 * a>>} is 253 times {@code a}; {@code <<64 of {name:
 * r%d}>>} is 64 entries of a list, with their numbers in place of {@code %d}.
 */
final class Macros {
  private static final Pattern TIMES = Pattern.compile("<<(\\d+) \\* (.+?)>>");
  private static final Pattern LIST = Pattern.compile("<<(\\d+) of (.+?)>>(?!>)");

  private Macros() {}

  static String expand(String text) {
    String lists =
        LIST.matcher(text)
            .replaceAll(m ->
                Matcher.quoteReplacement(
                    IntStream.range(0, Integer.parseInt(m.group(1)))
                        .mapToObj(i -> m.group(2).replace("%d", String.valueOf(i)))
                        .collect(Collectors.joining(", "))));
    return TIMES
        .matcher(lists)
        .replaceAll(m -> Matcher.quoteReplacement(m.group(2).repeat(Integer.parseInt(m.group(1)))));
  }
}
