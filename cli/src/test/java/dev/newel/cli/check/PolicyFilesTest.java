package dev.newel.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies as they stand in a repository, right and wrong. */
class PolicyFilesTest {
  private static final String HEAD =
      "apiVersion: newel.dev/v1alpha1\nkind: GuardrailPolicy\nmetadata: {name: p, namespace: a}\n";
  private static final String RULE = "{name: r, words: {values: [aurora]}, input: Block}";

  @TempDir Path folder;

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static Ran check(Path... files) {
    var args = new java.util.ArrayList<String>(java.util.List.of("check", "--policy"));
    for (Path file : files) {
      args.add(file.toString());
    }
    return Ran.newel("{\"text\":\"project aurora, zephyr\"}\n", args.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{rules: [%s], modus: Detect}|spec.modus is not a field; known are blockedMessage, explain",
        "{rules: [{name: r, words: {values: [a]}, inptu: Block}]}|spec.rules[0].inptu is not a field; known are content, input",
        "{rules: [{name: r, words: {values: [a], macth: Word}, input: Block}]}|spec.rules[0].words.macth is not a field",
        "{rules: [%s], namespaceSelector: {}}|spec.namespaceSelector is not a field",
        "{rules: [%s], mode: Strict}|spec.mode is \"Strict\"; write one of Detect, Enforce",
        "{rules: []}|spec.rules has 0 entries; the least is 1",
        "{}|spec.rules is missing; it is required",
        "{rules: [{words: {values: [a]}, input: Block}]}|spec.rules[0].name is missing",
        "{rules: [{name: R_1, words: {values: [a]}, input: Block}]}|spec.rules[0].name: \"R_1\" is not a name: only a-z",
        "{rules: [{name: r, input: Block}]}|spec.rules[0] (r) has no detector; write exactly one of",
        "{rules: [{name: r, words: {values: [a]}, pattern: {expressions: [a]}, input: Block}]}|more than one detector",
        "{rules: [{name: r, words: {values: [a]}}]}|spec.rules[0] (r) looks in no direction; set input",
        "{rules: [{name: r, words: {}, input: Block}]}|spec.rules[0].words has neither values nor from",
        "{rules: [{name: r, words: {values: [7]}, input: Block}]}|spec.rules[0].words.values[0] is 7; it must be a string",
        "{rules: [%s], scope: [User, User]}|spec.scope[1] is \"User\", which is there already",
        "{rules: [%s, %s]}|spec.rules[1] is \"r\", which is there already",
        "{rules: [%s], streaming: {maxHoldBack: 5000}}|spec.streaming.maxHoldBack is 5000; allowed are 16 to 4096",
        "{rules: [%s], explain: sometimes}|spec.explain is \"sometimes\"; it must be a boolean",
        "{rules: [%s], targets: {}}|spec.targets has both or neither of selector and names",
        "{rules: [{name: r, pattern: {expressions: ['a(']}, input: Block}]}|rule r, pattern.expressions[0]:",
        "{rules: [{name: r, pattern: {expressions: ['a*']}, output: Mask}]}|pattern.expressions[0]: can match any number of characters",
        "{rules: [{name: r, sensitive: {entities: [EMIAL]}, input: Block}]}|EMIAL is not known; known are",
        "{rules: [{name: r, tools: {default: Allow}, output: Block}]}|spec.rules[0].tools allows every call",
        "{rules: [{name: r, tools: {allow: [{name: a, arguments: [{path: to, pattern: a}]}]}, output: Block}]}|tools.allow[0].arguments[0].path: to is no path",
        "{rules: [{name: r, leakage: {systemPrompt: false, canaries: false}, output: Block}]}|spec.rules[0].leakage looks for nothing",
        "{rules: [{name: r, leakage: {}, input: Block}]}|spec.rules[0] (r) has input, but leakage judges",
        "{rules: [{name: r, promptAttack: {}, input: Block, output: Block}]}|spec.rules[0] (r) has output, but promptAttack",
        "{rules: [{name: r, content: {categories: [Spam]}, input: Block}]}|spec.rules[0].content.categories[0] is \"Spam\"; write one of",
        "{rules: [{name: r, secrets: {except: [a]}, input: Block}]}|spec.rules[0].secrets.except is not a field",
        "{rules: [{name: r, words: {from: {configMap: w, key: k}}, input: Block}]}|ConfigMap w has no key k, or does not exist",
      })
  void aMistakeIsNamedWithFilePlaceValueAndFix(String spec, String message) throws IOException {
    // Given
    Path file = file("bad.yaml", HEAD + "spec: " + spec.replace("%s", RULE) + "\n");
    // When
    var ran = check(file);
    // Then
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains(file + ", GuardrailPolicy/p: ").contains(message);
    assertThat(ran.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'apiVersion: newel.dev/v1\nkind: GuardrailPolicy\nmetadata: {name: p}'|apiVersion is \"newel.dev/v1\"; write newel.dev/v1alpha1",
        "'apiVersion: newel.dev/v1alpha1\nkind: GuardrailPolicy\nmetadata: {}'|metadata.name is missing",
        "'apiVersion: newel.dev/v1alpha1\nkind: GuardrailPolicy\nmetadata: {name: p}'|spec is missing",
        "'apiVersion: newel.dev/v1alpha1\nkind: GuardrailPolicy\nmetadata: {name: p}\nspek: {}'|spek is not a field",
        "'kind: [unclosed'|is not well-formed YAML",
        "'a: 1\na: 2'|is not well-formed YAML",
        "'just text'|document 1 is not a resource",
        "'a: 1'|apiVersion or kind is missing",
        "'# nothing'|no GuardrailPolicy and no ClusterGuardrailPolicy in",
        "'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}'|no GuardrailPolicy and no ClusterGuardrailPolicy in",
      })
  void aFileThatHoldsNoPolicyIsNamed(String yaml, String message) throws IOException {
    Path file = file("bad.yaml", yaml + "\n");
    var ran = check(file);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains(file.toString()).contains(message);
  }

  @Test
  void everyMistakeOfEveryFileIsNamedAtOnce() throws IOException {
    Path one = file("one.yaml", HEAD + "spec: {rules: [{name: r, input: Blok}], x: 1}\n");
    Path two = file("two.yaml", HEAD.replace("name: p", "name: q") + "spec: {}\n");
    assertThat(check(one, two).err().lines()).hasSize(3);
  }

  @Test
  void policiesOfSeveralFilesAndDocumentsApplyTogether() throws IOException {
    // Given
    Path team =
        file("team.yaml", HEAD + "spec: {rules: [" + RULE.replace("Block", "Detect") + "]}\n");
    Path base =
        file(
            "base.yaml",
            """
            ---
            apiVersion: v1
            kind: List
            items:
            - apiVersion: newel.dev/v1alpha1
              kind: ClusterGuardrailPolicy
              metadata: {name: base, labels: {team: x}}
              spec:
                namespaceSelector: {matchLabels: {a: b}}
                rules:
                - {name: w, words: {from: {configMap: words, key: w.txt}}, input: Mask}
              status: {observedGeneration: 1}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: words, namespace: newel-system}
            data: {w.txt: "# list\\nzephyr\\n"}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: a}
            """);
    // When
    var ran = check(team, base);
    // Then
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains("\"masked\":\"project aurora, <W>\"")
        .contains("GuardrailPolicy/p/r")
        .contains("ClusterGuardrailPolicy/base/w");
  }

  @Test
  void aWordListOfAnotherNamespaceDoesNotCount() throws IOException {
    Path file =
        file(
            "policy.yaml",
            HEAD
                + "spec: {rules: [{name: r, words: {from: {configMap: w, key: k}}, input: Block}]}\n"
                + "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: w, namespace: other}\ndata: {k: aurora}\n");
    assertThat(check(file).err()).contains("ConfigMap w has no key k");
  }

  @Test
  void aPolicyThatIsGivenTwiceIsAMistake() throws IOException {
    Path file = file("policy.yaml", HEAD + "spec: {rules: [" + RULE + "]}\n");
    assertThat(check(file, file).err()).contains("GuardrailPolicy/p: is there twice; remove one");
  }

  @Test
  void aFileThatIsNotThereAndAFolderAreNamed() {
    assertThat(check(folder.resolve("none.yaml")).err()).contains("none.yaml cannot be opened");
    assertThat(check(folder).err()).contains(folder + " is a folder");
  }
}
