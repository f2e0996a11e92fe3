package dev.newel.filter.detect.secrets;

import java.util.ArrayList;
import java.util.List;

/** All formats of tokens that are known by their own look. */
final class SecretFormats {
  private SecretFormats() {}

  static List<SecretFormat> all() {
    var all = new ArrayList<SecretFormat>();
    for (String table : List.of(CloudFormats.ROWS, DeveloperFormats.ROWS, ServiceFormats.ROWS)) {
      all.addAll(SecretFormat.rows(table));
    }
    return all;
  }
}
