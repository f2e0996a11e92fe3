package dev.newel.crds.schema;

/**
 * Formats of text fields as CEL rules for {@code @ValidationRule}: what must hold, what is said
 * without the value (the server falls back to it where the value holds a line break) and what is
 * said with it. A {@code pattern} of the schema would answer with an expression that few can read;
 * it is used only where the cost of CEL would exceed the server's budget.
 */
public final class Formats {
  private Formats() {}

  private static final String NAME_FORM =
      "matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')";
  private static final String ENTITY_FORM = "matches('^[A-Z][A-Z0-9_]*$')";

  /** DNS-1123 subdomain: what {@code metadata.name} of most objects may be. */
  public static final String OBJECT_NAME = "self." + NAME_FORM;

  public static final String OBJECT_NAMES = "self.all(n, n." + NAME_FORM + ")";

  public static final String OBJECT_NAME_SAYS =
      "not the name of an object: only a-z, 0-9, - and . are allowed, with a letter or digit at"
          + " both ends; write it as kubectl get shows it";
  public static final String OBJECT_NAME_SHOWS = "'\"' + self + '\" is " + OBJECT_NAME_SAYS + "'";

  public static final String OBJECT_NAMES_SHOW =
      "'\"' + self.filter(n, !n." + NAME_FORM + ")[0] + '\" is " + OBJECT_NAME_SAYS + "'";

  /** Name of a kind of data; whether a detector knows it is for the operator to say. */
  public static final String ENTITIES = "self.all(e, e." + ENTITY_FORM + ")";

  public static final String ENTITY_SAYS =
      "not the name of an entity: only A-Z, 0-9 and _ are allowed, with a letter first; write EMAIL,"
          + " for example";
  public static final String ENTITIES_SHOW =
      "'\"' + self.filter(e, !e." + ENTITY_FORM + ")[0] + '\" is " + ENTITY_SAYS + "'";

  /** DNS-1123 label: what a rule's name may be. */
  public static final String LABEL_NAME = "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')";

  public static final String LABEL_NAME_SAYS =
      "not a name: only a-z, 0-9 and - are allowed, with a letter or digit at both ends; write"
          + " personal-data, for example";
  public static final String LABEL_NAME_SHOWS = "'\"' + self + '\" is " + LABEL_NAME_SAYS + "'";

  /** Key of a ConfigMap or a Secret. */
  public static final String DATA_KEY =
      "self.matches('^[-._a-zA-Z0-9]+$') && self != '.' && self != '..'";

  public static final String DATA_KEY_SAYS =
      "not a key: only letters, digits, -, _ and . are allowed; write it as the object has it under"
          + " data";
  public static final String DATA_KEY_SHOWS = "'\"' + self + '\" is " + DATA_KEY_SAYS + "'";

  /** Free text of one line. */
  public static final String ONE_LINE = "!self.matches('[\\\\x00-\\\\x1F\\\\x7F]')";

  public static final String ONE_LINE_SAYS =
      "the text holds a control character or a line break; only visible characters and spaces are"
          + " allowed; remove the others";

  /** Free text of several lines. */
  public static final String LINES = "!self.matches('[\\\\x00-\\\\x08\\\\x0B-\\\\x1F\\\\x7F]')";

  public static final String LINES_SAYS =
      "the text holds a control character; only visible characters, spaces, tabs and line feeds are"
          + " allowed; remove the others";

  /** Length of time, as Go writes it: CEL can compare these. */
  public static final String DURATION_FORM = "matches('^([0-9]{1,5}[smh])+$')";

  public static final String DURATION = "self." + DURATION_FORM;
  public static final String DURATION_SAYS =
      "not a length of time: numbers with s, m or h are expected; write 30m or 1h30m, for example";
  public static final String DURATION_SHOWS = "'\"' + self + '\" is " + DURATION_SAYS + "'";

  /** Instant, RFC 3339 in UTC. */
  public static final String INSTANT =
      "self.matches('^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$')";

  public static final String INSTANT_SAYS =
      "not a time: RFC 3339 in UTC is expected; write 2026-11-24T08:00:00Z, for example";
  public static final String INSTANT_SHOWS = "'\"' + self + '\" is " + INSTANT_SAYS + "'";

  /** Base URL: no user, no query, no fragment. */
  public static final String BASE_URL =
      "self.matches('^https?://[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?([.][A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?)*"
          + "(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?"
          + "(/[A-Za-z0-9._~/-]*)?$')";

  public static final String BASE_URL_SAYS =
      "not a base URL: only http or https, a host name, a port of 1 to 65535 and a path are"
          + " allowed, no user, query or fragment; write https://models.example.com/v1, for example";
  public static final String BASE_URL_SHOWS = "'\"' + self + '\" is " + BASE_URL_SAYS + "'";

  /** Hash of a model. */
  public static final String DIGEST = "self.matches('^sha256:[0-9a-f]{64}$')";

  public static final String DIGEST_SAYS =
      "not a digest: sha256: and 64 lower-case hexadecimal digits are expected; write what"
          + " sha256sum prints behind sha256:";
  public static final String DIGEST_SHOWS = "'\"' + self + '\" is " + DIGEST_SAYS + "'";

  /** Address range, IPv4 or IPv6. */
  public static final String CIDR_PATTERN =
      "^(((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])/(3[0-2]|[12]?[0-9])"
          + "|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))$";

  public static final String CIDR = "self.matches('" + CIDR_PATTERN + "')";
  public static final String CIDR_SAYS =
      "not a range of addresses: an IPv4 or IPv6 address, / and the length of its prefix are"
          + " expected; write 10.0.0.0/8, for example";
  public static final String CIDR_SHOWS = "'\"' + self + '\" is " + CIDR_SAYS + "'";

  /** Value of a label; may be empty. */
  public static final String LABEL_VALUE = "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$";

  /** Key of a label, with or without a prefix. */
  public static final String LABEL_KEY =
      "^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$";

  /** Kubernetes' quantity without a sign. */
  public static final String QUANTITY =
      "^([0-9]+([.][0-9]*)?|[.][0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][-+]?[0-9]+)?$";

  /** Neither blank nor with a control character. */
  public static final String WORD = "^[^\\x00-\\x1F\\x7F]*[^\\x00-\\x20\\x7F][^\\x00-\\x1F\\x7F]*$";

  /** Name of a tool, with wildcards: visible characters of ASCII. */
  public static final String TOOL_GLOB = "^[!-~]+$";
}
