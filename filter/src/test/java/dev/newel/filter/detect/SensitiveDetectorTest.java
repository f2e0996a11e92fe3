package dev.newel.filter.detect;

import static dev.newel.filter.Policies.engine;
import static dev.newel.filter.Policies.everything;
import static dev.newel.filter.Policies.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.policy.Action;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Examples from the documents of the formats, and what looks like them and is not. */
class SensitiveDetectorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // RFC 5322 and RFC 6531
        "write to alice@example.com.|write to <EMAIL>.",
        "john.q.public+news@sub.example.co.uk|<EMAIL>",
        "用户@例子.广告|<EMAIL>",
        "<bob@example.org>|<<EMAIL>>",
        "a@b|a@b",
        "@handle and x@|@handle and x@",
        "alice@example.c|alice@example.c",
        "git@host:repo.git|git@host:repo.git",
        // ISO 13616 registry examples
        "DE89 3704 0044 0532 0130 00|<IBAN>",
        "GB29NWBK60161331926819,|<IBAN>,",
        "NO93 8601 1117 947|<IBAN>",
        "MT84 MALT 0110 0001 2345 MTLC AST0 01S|<IBAN>",
        "fr14 2004 1010 0505 0001 3m02 606|<IBAN>",
        "DE89 3704 0044 0532 0130 01|DE89 3704 0044 0532 0130 01",
        "XX89370400440532013000|XX89370400440532013000",
        "DE893704004405320130001|DE893704004405320130001",
        // Test numbers that the networks publish
        "4111 1111 1111 1111|<CREDIT_CARD>",
        "card 5555-5555-5555-4444 exp 12/30|card <CREDIT_CARD> exp <CARD_EXPIRY>",
        "378282246310005|<CREDIT_CARD>",
        "6011111111111117|<CREDIT_CARD>",
        "3530111333300000|<CREDIT_CARD>",
        "4111 1111 1111 1112|4111 1111 1111 1112",
        "9999999999999995|9999999999999995",
        "order 411111111111111100000000|order 411111111111111100000000",
        "1.4111111111111111|1.4111111111111111",
      })
  void findsWhatIsOneAndLeavesWhatOnlyLooksLikeIt(String text, String expected) {
    var engine = engine(rule("pii", everything(), Action.MASK));
    assertThat(engine.judge(text, Origin.PROMPT).masked()).contains(expected);
  }
}
