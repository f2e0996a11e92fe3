package dev.newel.filter.text;

final class ConfusableTable {
  static final String LINES = "a\t\u0430";

  private ConfusableTable() {}
}
