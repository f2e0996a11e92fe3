package dev.newel.filter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Errors in the shape of the OpenAI API, so that its clients raise their own typed exceptions. */
public final class ErrorBody {
  private ErrorBody() {}

  /** A blocked request or answer. */
  public static String json(Verdict.Refusal refusal, String requestId) {
    return json(
        "guardrail_blocked",
        refusal.code(),
        refusal.message(),
        requestId,
        refusal.rule().orElse(null));
  }

  /** Any other refusal: no bundle, no audit, no upstream. */
  public static String json(String type, String code, String message, String requestId) {
    return json(type, code, message, requestId, null);
  }

  private static String json(
      String type, String code, String message, String requestId, String rule) {
    return "{\"error\":{\"message\":"
        + quote(message)
        + ",\"type\":"
        + quote(type)
        + ",\"param\":null,\"code\":"
        + quote(code)
        + ",\"request_id\":"
        + quote(requestId)
        + (rule == null ? "" : ",\"rule\":" + quote(rule))
        + "}}";
  }

  private static String quote(String value) {
    return new String(JsonString.literal(value), UTF_8);
  }
}
