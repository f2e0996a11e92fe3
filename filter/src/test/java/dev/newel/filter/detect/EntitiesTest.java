package dev.newel.filter.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.filter.Engine;
import dev.newel.filter.Policies;
import dev.newel.filter.stream.StreamWindow;
import dev.newel.policy.Action;
import dev.newel.policy.Check;
import dev.newel.policy.Entity;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each kind of data: texts in which it stands between brackets, and texts in which it does not
 * stand. Numbers are examples of the documents that define their form, or were made to fit them.
 */
class EntitiesTest {
  private static final String ROWS =
      """
      EMAIL|Write to [anna.k@example.org], please|mail me @ home
      CREDIT_CARD|paid with [4111 1111 1111 1111]|order 4111 1111 1111 1112
      IBAN|to [DE89 3704 0044 0532 0130 00] today|to DE88 3704 0044 0532 0130 00
      ADDRESS|He lives at [284 Health Sciences Dr, Sacramento, CA 95801] now|it took 12 Hours of driving
      ADDRESS|Sie wohnt: [Hauptstraße 5], hinten|der Weg ist lang
      ADDRESS|habite au [12 rue de la Paix, Paris] depuis|12 rules of thumb
      AGE|a [34-year-old] man|34 apples
      AGE|She is [34 years old] now|3 years older code
      AGE|Age: [41], female|page 41
      AWS_ACCESS_KEY|key [AKIAZ7QW3ERTY5UIOP2A] leaked|AKIAIOSFODNN7EXAMPLE
      AWS_SECRET_KEY|aws_secret_access_key = [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]|sha q7Zr9Tw2Kx4Lm8Pv3Bn6Hd5sq7Zr9Tw2Kx4Lm8Pv
      CA_HEALTH_NUMBER|OHIP [1234-567-890] is mine|call 12 34 56
      CA_SIN|My SIN is [046 454 286], ok|the sum is 046 454 287
      CVV|the CVV is [123] there|room 123
      CARD_EXPIRY|card exp [09/27] ok|ratio 09/27
      DRIVER_LICENSE|driver's license [D24593819203] valid|part D24593819203
      IP_ADDRESS|from [192.168.10.4] at|version 1.2.3
      IP_ADDRESS|from [2001:db8::ff00:42:8329] at|time 10:20:30
      LICENSE_PLATE|license plate [7ABC123] seen|model 7ABC123
      MAC_ADDRESS|mac [00:1B:44:11:3A:B7] up|00:1B:44:11:3A
      PERSON|Call Dr. [Wells] now|We dig wells now
      PERSON|It was [Olivia G. Smith] who|Stanford Industrial Park
      PERSON|by [María José García-López] today|Memorial Hospital
      PASSWORD|password: [W!nter2024] ok|password reset works
      PHONE|ring [+44 20 7946 0958] now|the year 2024 and 7946
      PHONE|ring [(278) 947-3932] now|(278) items
      PHONE|her mobile is [73 448 266], ok|total 73 448 266
      PIN|my PIN is [4821] and|in 4821 steps
      SWIFT_CODE|BIC [DEUTDEFF500] ok|the word ABCDEFGH
      UK_NHS|NHS number [943 476 5919] ok|NHS number 943 476 5918
      UK_NINO|NINO [AB 12 34 56 C] ok|BG 12 34 56 C
      UK_UTR|UTR [1123456789] ok|sum 1123456789
      URL|see [https://example.org/a?b=1], ok|see example
      USERNAME|username: [net_work789] ok|username and host
      US_BANK_ACCOUNT|account number [3847283911] ok|number 3847283911
      US_ROUTING|routing number [061000104] ok|routing number 061000105
      US_ITIN|has [912-78-1234] there|has 912-11-1234
      PASSPORT|passport [X12345678] ok|code X12345678
      US_SSN|ssn is [521-44-9382] ok|is 000-44-9382
      VIN|the [1M8GDM9AXKP042788] car|the 1M8GDM9AXKP042789 thing
      AU_ABN|is [51 824 753 556] ok|is 51 824 753 557
      AU_ACN|ACN [004 085 616] ok|ACN 004 085 617
      AU_MEDICARE|medicare [2123 45670 1] ok|medicare 2123 45671 1
      AU_TFN|TFN [123 456 782] ok|TFN 123 456 783
      BE_NATIONAL_NUMBER|nr [85.07.30-033.28] ok|nr 85.07.30-033.29
      BR_CNPJ|é [11.222.333/0001-81] ok|é 11.222.333/0001-82
      BR_CPF|é [111.444.777-35] ok|é 111.444.777-36
      CH_AHV|AHV [756.9217.0769.85] ok|AHV 756.9217.0769.84
      CN_RESIDENT_ID|id [11010519491231002X] ok|id 110105194912310021
      DE_TAX_ID|Steuer-ID [86 095 742 719] ok|Steuer-ID 86 095 742 718
      ES_NIE|es [X1234567L] ok|es X1234567M
      ES_NIF|es [12345678Z] ok|es 12345678A
      FI_PERSONAL_IDENTITY_CODE|on [131052-308T] ok|on 131052-308U
      FR_NIR|est [2 55 08 14 168 025 38] ok|est 2 55 08 14 168 025 39
      HR_OIB|OIB [69435151530] ok|OIB 69435151531
      IN_AADHAAR|is [2345 6789 0124] ok|is 2345 6789 0125
      IN_PAN|PAN [ABCPJ4567R] ok|code ABCXJ4567R
      IT_FISCAL_CODE|è [RSSMRA85T10A562S] ok|è RSSMRA85T10A562T
      KR_RRN|is [800101-1234560] ok|is 800101-1234561
      NL_BSN|BSN [111222333] ok|BSN 111222334
      NO_NATIONAL_ID|personnummer [01010750160] ok|personnummer 01010750161
      PL_PESEL|PESEL [44051401359] ok|PESEL 44051401358
      RO_CNP|e [1800101221144] ok|e 1800101221145
      SE_PERSONAL_NUMBER|är [811218-9876] ok|är 811218-9875
      SG_NRIC_FIN|is [S1234567D] ok|is S1234567A
      TH_TNIN|is [1-2345-67890-12-1] ok|is 1-2345-67890-12-2
      TR_NATIONAL_ID|TCKN [10000000146] ok|TCKN 10000000147
      ZA_ID_NUMBER|id number [8001015009087] ok|id number 8001015009088
      """;

  record Row(Entity entity, String example, String counterExample) {}

  static Stream<Row> rows() {
    return ROWS.lines()
        .map(l -> l.split("\\|", -1))
        .map(l -> new Row(Entity.of(l[0]).orElseThrow(), l[1], l[2]));
  }

  @Test
  void everyEntityHasARow() {
    assertThat(rows().map(Row::entity)).contains(Entity.values());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theExampleIsFoundAndTheCounterExampleIsNot(Row row) {
    Engine engine = engine(row.entity());
    String text = row.example().replaceAll("[\\[\\]]", "");
    String masked = row.example().replaceAll("\\[.*]", "<" + row.entity().label() + ">");
    assertThat(mask(engine, text)).isEqualTo(masked);
    assertThat(mask(engine, row.counterExample())).isEqualTo(row.counterExample());
  }

  @Test
  void howAStreamIsCutMakesNoDifference() {
    var random = new Random(20261126);
    Engine engine = engine(Entity.values());
    List<String> pieces = rows().flatMap(r -> Stream.of(r.example(), r.counterExample())).toList();
    for (int i = 0; i < 300; i++) {
      // Given
      var text = new StringBuilder();
      while (text.length() < 700) {
        String piece = pieces.get(random.nextInt(pieces.size())).replaceAll("[\\[\\]]", "");
        text.append(piece, 0, random.nextInt(4) == 0 ? piece.length() / 2 : piece.length());
        text.append(random.nextBoolean() ? " " : ". ");
      }
      // When
      var window = new StreamWindow(engine, Origin.ANSWER);
      var out = new StringBuilder();
      int at = 0;
      while (at < text.length()) {
        int to = Math.min(text.length(), at + 1 + random.nextInt(40));
        out.append(window.add(text.substring(at, to)).text());
        at = to;
      }
      out.append(window.end().text());
      // Then
      assertThat(out).hasToString(mask(engine, text.toString()));
    }
  }

  private static Engine engine(Entity... entities) {
    return Policies.engine(
        Policies.rule(
            "s", new Check.Sensitive(new TreeSet<>(Arrays.asList(entities))), Action.MASK));
  }

  private static String mask(Engine engine, String text) {
    return engine.judge(text, Origin.ANSWER).masked().orElseThrow();
  }
}
