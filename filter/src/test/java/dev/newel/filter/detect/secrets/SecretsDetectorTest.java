package dev.newel.filter.detect.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.filter.Engine;
import dev.newel.filter.Policies;
import dev.newel.filter.detect.Origin;
import dev.newel.filter.stream.StreamWindow;
import dev.newel.policy.Action;
import dev.newel.policy.Check;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsDetectorTest {
  private static final Engine ENGINE =
      Policies.engine(Policies.rule("s", new Check.Secrets(), Action.MASK));

  /** Looks as if drawn, and is of no service. */
  private static final String DRAWN = "q7Zr9Tw2" + "Kx4Lm8Pv" + "3Bn6Hd5s";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "api_key = \"%s\"|api_key = \"<SECRET>\"",
        "ACME_TOKEN=%s|ACME_TOKEN=<SECRET>",
        "{\"clientSecret\": \"%s\"}|{\"clientSecret\": \"<SECRET>\"}",
        "Authorization: Bearer %s|Authorization: Bearer <SECRET>",
        "acme ACCESS %s now|acme ACCESS <SECRET> now",
        "acmeSECRET-%s|acmeSECRET-<SECRET>",
        "algolia: '%s'|algolia: '<SECRET>'",
        "password: tr0ub4dor|password: <PASSWORD>",
        "DB_PASS='s3same!x'|DB_PASS='<PASSWORD>'",
        "the password is 'Winter24!'|the password is '<PASSWORD>'",
        "postgres://app:9xB-k2@db/shop|postgres://app:<PASSWORD>@db/shop",
        "curl -u anna:k2x9Bq7 x|curl -u anna:<PASSWORD> x",
      })
  void whatIsGivenToATellingNameIsMasked(String text, String masked) {
    assertThat(mask(text.formatted(DRAWN))).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AKIAIOSFODNN7EXAMPLE",
        "api_key = \"<your-api-key-0123456789>\"",
        "api_key = \"xxxxxxxxxxxxxxxxxxxx12\"",
        "token: ${GITHUB_TOKEN_2024_PRODUCTION}",
        "password = os.environ['DB_PASSWORD_1']",
        "password = changeme123",
        "password = getPassword(user1)",
        "PASSWORD=$DB_PASSWORD",
        "postgres://user:password@localhost/db",
        "postgres://user:${PG_PASS}@localhost/db",
        "access_token = response.json.token1",
        "The key is to compass 12 passengers and bypass 3 tokens.",
        "if key.startswith('-----BEGIN RSA PRIVATE KEY-----'): pass",
        "commit 3b18e512dba79e4c8300dd08aeb37f8e728b8dad",
        "primary_key=True, unique_together=('a', 'b2')",
      })
  void placeholdersAndCodeStay(String text) {
    assertThat(mask(text)).isEqualTo(text);
  }

  @Test
  void aPrivateKeyIsMaskedFromHeaderToFooterAlsoWhenIndentedOrEscaped() {
    String key = key(26, "\n");
    assertThat(mask("a " + key + "\nThe rest stays."))
        .startsWith("a <PRIVATE_KEY>")
        .endsWith("<PRIVATE_KEY>\nThe rest stays.")
        .doesNotContain("MII");
    for (String end : new String[] {"\\n", "\n    ", "\r\n", "\\n\" +\n  \""}) {
      assertThat(mask("a " + key(26, end) + " z").replace("<PRIVATE_KEY>", "")).isEqualTo("a  z");
    }
  }

  @Test
  void aCertificateIsNoPrivateKey() {
    String certificate = key(20, "\n").replace("RSA PRIVATE KEY", "CERTIFICATE");
    assertThat(mask(certificate)).isEqualTo(certificate);
  }

  @Test
  void secretsOfAnyLengthAreMaskedAlikeHoweverTheStreamIsCut() {
    var random = new Random(20261126);
    String token =
        "ey" + "J" + run(random, 40) + ".ey" + "J" + run(random, 900) + "." + run(random, 342);
    String text =
        "See "
            + token
            + " and\n"
            + key(26, "\n")
            + "\nor session_token="
            + run(random, 700)
            + " and password: tr0ub4dor. Certificate:\n"
            + key(9, "\n").replace("RSA PRIVATE KEY", "CERTIFICATE")
            + " The end.";
    String whole = mask(text);
    assertThat(whole).doesNotContain(token.substring(1200), "MII7").contains("The end.");
    for (int i = 0; i < 60; i++) {
      // When
      var window = new StreamWindow(ENGINE, Origin.ANSWER);
      var out = new StringBuilder();
      int at = 0;
      while (at < text.length()) {
        int to = Math.min(text.length(), at + 1 + random.nextInt(i < 20 ? 8 : 400));
        out.append(window.add(text.substring(at, to)).text());
        at = to;
      }
      out.append(window.end().text());
      // Then
      assertThat(out).hasToString(whole);
    }
  }

  private static String mask(String text) {
    return ENGINE.judge(text, Origin.ANSWER).masked().orElseThrow();
  }

  private static String run(Random random, int length) {
    return Example.of("<a" + length + ">", random, 0);
  }

  private static String key(int lines, String end) {
    var random = new Random(1);
    var out =
        new StringBuilder("-----BEGIN RSA PRIVATE " + "KEY-----" + end + "MII" + run(random, 61));
    for (int i = 1; i < lines; i++) {
      out.append(end).append(run(random, 64));
    }
    return out.append(end).append("-----END RSA PRIVATE KEY-----").toString();
  }
}
