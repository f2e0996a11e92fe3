package dev.newel.operator.breakglass;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "alice",
        "Alice",
        " alice ",
        "alice@example.com",
        "ALICE@EXAMPLE.COM",
        "alice+approver@example.com",
        "oidc:alice",
        "oidc:Alice@example.com",
        "https://login.example.com#alice",
        "https://login.example.com/realms/a#alice@example.com",
        "corp\\alice",
        "corp/alice",
        "ａｌｉｃｅ",
        "al\u200bice",
        "a\u00adlice"
      })
  void allOfTheseAreAlice(String user) {
    assertThat(Person.of(user)).isEqualTo(Person.of("alice"));
  }

  @ParameterizedTest
  @CsvSource({
    "alice, bob",
    "alice, alice2",
    "alice, malice",
    "system:serviceaccount:a:alice, alice",
    "system:serviceaccount:a:bot, system:serviceaccount:b:bot",
    "@a.com, @b.com"
  })
  void theseAreTwo(String one, String other) {
    assertThat(Person.of(one)).isNotEqualTo(Person.of(other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"system:serviceaccount:a:b", "System:node:n", "system:admin"})
  void theseAreNoPeople(String user) {
    assertThat(Person.of(user).isProgram()).isTrue();
  }
}
