package dev.newel.operator.kube;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Compares what is wanted with what is there, as JSON trees. What the server or others added is
 * passed over; what is wanted must be there, in the server's spelling.
 */
public final class Trees {
  private Trees() {}

  /** Whether everything that is wanted is there. */
  public static boolean contains(Object actual, Object wanted) {
    return switch (wanted) {
      case null -> true;
      case Map<?, ?> map ->
          (map.isEmpty() && actual == null)
              || (actual instanceof Map<?, ?> a
                  && map.entrySet().stream()
                      .allMatch(e -> contains(a.get(e.getKey()), e.getValue())));
      case List<?> list ->
          (list.isEmpty() && actual == null) || (actual instanceof List<?> a && contains(a, list));
      default -> sameScalar(actual, wanted);
    };
  }

  /** Whether both are the same tree: nothing may have been added either. */
  public static boolean same(Object actual, Object wanted) {
    return contains(actual, wanted) && contains(wanted, actual);
  }

  /** Elements with a name are found by it and others may stand between them; others by place. */
  private static boolean contains(List<?> actual, List<?> wanted) {
    if (!wanted.isEmpty()
        && wanted.stream().allMatch(w -> w instanceof Map<?, ?> m && m.get("name") != null)) {
      return wanted.stream()
          .allMatch(w ->
              actual.stream()
                  .anyMatch(a ->
                      a instanceof Map<?, ?> m
                          && Objects.equals(m.get("name"), ((Map<?, ?>) w).get("name"))
                          && contains(m, w)));
    }
    if (actual.size() != wanted.size()) {
      return false;
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (!contains(actual.get(i), wanted.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameScalar(Object actual, Object wanted) {
    if (actual == null || actual instanceof Collection || actual instanceof Map) {
      return false;
    }
    String a = actual.toString();
    String w = wanted.toString();
    return a.equals(w) || sameQuantity(a, w);
  }

  /** The server writes quantities in a shortest form: 0.5 becomes 500m, 1024Mi becomes 1Gi. */
  private static boolean sameQuantity(String a, String w) {
    if (a.isEmpty()
        || w.isEmpty()
        || !Character.isDigit(a.charAt(0))
        || !Character.isDigit(w.charAt(0))) {
      return false;
    }
    try {
      return Quantity.getAmountInBytes(Quantity.parse(a))
              .compareTo(Quantity.getAmountInBytes(Quantity.parse(w)))
          == 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
