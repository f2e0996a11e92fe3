package dev.newel.filter.protocol;

/**
 * Errors in the shape of each API, so that its clients raise their own typed exceptions. Beyond
 * what the APIs define, {@code code} says why in one word.
 */
public final class ErrorBody {
  private ErrorBody() {}

  /** A blocked request or answer. */
  public static String json(Api api, Verdict.Refusal refusal, String requestId) {
    return json(
        api,
        "guardrail_blocked",
        refusal.code(),
        refusal.message(),
        requestId,
        refusal.rule().orElse(null));
  }

  /** Any other refusal: no bundle, no audit, no upstream. */
  public static String json(Api api, String type, String code, String message, String requestId) {
    return json(api, type, code, message, requestId, null);
  }

  private static String json(
      Api api, String type, String code, String message, String requestId, String rule) {
    String named = rule == null ? "" : ",\"rule\":" + JsonString.quote(rule);
    if (api == Api.MESSAGES) {
      return "{\"type\":\"error\",\"error\":{\"type\":"
          + JsonString.quote(anthropic(type, code))
          + ",\"message\":"
          + JsonString.quote(message)
          + ",\"code\":"
          + JsonString.quote(code)
          + named
          + "},\"request_id\":"
          + JsonString.quote(requestId)
          + "}";
    }
    return "{\"error\":{\"message\":"
        + JsonString.quote(message)
        + ",\"type\":"
        + JsonString.quote(type)
        + ",\"param\":null,\"code\":"
        + JsonString.quote(code)
        + ",\"request_id\":"
        + JsonString.quote(requestId)
        + named
        + "}}";
  }

  /** Anthropic's list of types is closed: what policy stops is what one may not do. */
  private static String anthropic(String type, String code) {
    return switch (type) {
      case "guardrail_blocked" -> code.equals("detector_error") ? "api_error" : "permission_error";
      case "invalid_request_error" -> type;
      case "timeout" -> "timeout_error";
      case "rate_limited" -> "rate_limit_error";
      default -> "api_error";
    };
  }
}
