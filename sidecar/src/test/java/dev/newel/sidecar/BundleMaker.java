package dev.newel.sidecar;

import static dev.newel.sidecar.Rules.rule;

import dev.newel.policy.Action;
import dev.newel.policy.Check;
import dev.newel.policy.EffectivePolicy;
import dev.newel.policy.Entity;
import dev.newel.policy.Rule;
import dev.newel.policy.Settings;
import dev.newel.policy.bundle.Bundle;
import dev.newel.policy.bundle.BundleKey;
import dev.newel.policy.bundle.BundleParts;
import dev.newel.policy.bundle.BundleSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;

/**
 * Writes a signed bundle for {@code bench/model} into a folder and prints the key it is signed
 * with: {@code FOLDER none|baseline|everything}. For {@code make bench-gateway}.
 */
final class BundleMaker {
  private BundleMaker() {}

  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    List<Rule> rules =
        switch (args[1]) {
          case "none" -> nothing();
          case "baseline" -> baseline();
          case "everything" -> everything();
          default -> throw new IllegalArgumentException("write none, baseline or everything");
        };
    var signer = new BundleSigner(BundleKey.generate());
    var policy = EffectivePolicy.of(rules, Settings.DEFAULT);
    List<byte[]> parts = BundleParts.split(signer.sign(new Bundle("bench/model", 1, policy)));
    for (int i = 0; i < parts.size(); i++) {
      Files.write(folder.resolve(BundleParts.key(i)), parts.get(i));
    }
    System.out.println(signer.publicKey());
  }

  /** A policy has a rule at least; this one never matches. */
  private static List<Rule> nothing() {
    var word = new Check.Words(new TreeSet<>(List.of("no-such-word")), Check.WordMatch.WORD);
    return List.of(rule("nothing", word, Action.BLOCK));
  }

  /** What the chart's baseline policy looks for. */
  private static List<Rule> baseline() {
    return List.of(
        rule("credentials", new Check.Secrets(), Action.BLOCK),
        rule(
            "payment-data",
            new Check.Sensitive(
                new TreeSet<>(
                    List.of(
                        Entity.CREDIT_DEBIT_CARD_NUMBER,
                        Entity.INTERNATIONAL_BANK_ACCOUNT_NUMBER))),
            Action.MASK));
  }

  private static List<Rule> everything() {
    return List.of(
        rule("credentials", new Check.Secrets(), Action.BLOCK),
        rule(
            "personal",
            new Check.Sensitive(
                new TreeSet<>(
                    EnumSet.of(
                        Entity.EMAIL,
                        Entity.CREDIT_DEBIT_CARD_NUMBER,
                        Entity.INTERNATIONAL_BANK_ACCOUNT_NUMBER))),
            Action.MASK),
        rule(
            "embargo",
            new Check.Words(
                new TreeSet<>(List.of("project-aurora", "project-borealis")), Check.WordMatch.WORD),
            Action.BLOCK),
        rule(
            "tickets",
            new Check.Pattern(List.of("\\bTICKET-[0-9]{3,8}\\b", "\\b[0-9]{6}-X\\b")),
            Action.MASK));
  }
}
