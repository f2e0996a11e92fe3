package dev.newel.filter.protocol;

import static dev.newel.filter.Policies.engine;
import static dev.newel.filter.Policies.everything;
import static dev.newel.filter.Policies.pattern;
import static dev.newel.filter.Policies.rule;
import static dev.newel.filter.Policies.words;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.filter.Engine;
import dev.newel.filter.detect.Origin;
import dev.newel.policy.Action;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However the bytes of a stream are cut, clients read what masking the whole texts would give. */
class ApiStreamPropertyTest {
  private static final int ROUNDS = Integer.getInteger("newel.rounds", 60);

  private static final Engine MASKING =
      engine(
          rule("pii", everything(), Action.MASK),
          rule("w", words("project-aurora", "foo"), Action.MASK),
          rule("p", pattern("\\b[0-9]{6}-X\\b"), Action.MASK));

  private static final Engine BLOCKING =
      engine(
          rule("pii", everything(), Action.MASK), rule("w", words("project-aurora"), Action.BLOCK));

  /** As {@link #BLOCKING}, but the word has no effect. */
  private static final Engine NOT_BLOCKING = engine(rule("pii", everything(), Action.MASK));

  /** Each API as its server tells it and as its client reads it. */
  enum Spoken {
    CHAT(Api.CHAT) {
      @Override
      void tell(Told told, Random random) {
        Servers.chat(told, random);
      }

      @Override
      Client read(byte[] stream) {
        return Clients.choices(stream);
      }
    },
    COMPLETIONS(Api.COMPLETIONS) {
      @Override
      void tell(Told told, Random random) {
        Servers.completions(told, random);
      }

      @Override
      Client read(byte[] stream) {
        return Clients.choices(stream);
      }
    },
    RESPONSES(Api.RESPONSES) {
      @Override
      void tell(Told told, Random random) {
        Servers.responses(told, random);
      }

      @Override
      Client read(byte[] stream) {
        return Clients.responses(stream);
      }
    },
    MESSAGES(Api.MESSAGES) {
      @Override
      void tell(Told told, Random random) {
        Servers.messages(told, random);
      }

      @Override
      Client read(byte[] stream) {
        return Clients.messages(stream);
      }
    };

    private final Api api;

    Spoken(Api api) {
      this.api = api;
    }

    abstract void tell(Told told, Random random);

    abstract Client read(byte[] stream);
  }

  /**
   * What a client has at the end of a stream.
   *
   * @param texts by the same keys as in {@link Told}
   * @param error the error that it would throw; empty when there is none
   * @param stopped whether it was told in the API's own terms that content was filtered
   * @param ended whether the model's own end arrived
   */
  record Client(Map<String, String> texts, String error, boolean stopped, boolean ended) {}

  @ParameterizedTest
  @EnumSource
  void anyCutGivesTheMaskingOfTheWhole(Spoken spoken) {
    long seed = Long.getLong("newel.seed", 20261126L);
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      var told = new Told(random);
      spoken.tell(told, random);
      Map<String, String> expected = new TreeMap<>();
      told.texts.forEach((key, text) ->
          expected.put(key, MASKING.judge(text, Origin.ANSWER).masked().orElseThrow()));
      Client client = spoken.read(stream(MASKING, spoken.api, told.bytes(), random));
      assertThat(client.texts())
          .as("round %d, seed %d, stream %s", round, seed, new String(told.bytes(), UTF_8))
          .isEqualTo(expected);
      assertThat(client.ended()).as("round %d", round).isTrue();
      assertThat(client.error()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whereverItIsCutABlockGivesOutABeginningOfTheMaskedTextsAndNeverTheWord(Spoken spoken) {
    long seed = Long.getLong("newel.seed", 20261127L);
    System.out.println("seed " + seed);
    var random = new Random(seed);
    int blocked = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String number = "round " + round;
      var told = new Told(random);
      spoken.tell(told, random);
      boolean blocks =
          told.texts.values().stream()
              .anyMatch(t -> BLOCKING.judge(t, Origin.ANSWER).action() == Action.BLOCK);
      Client client = spoken.read(stream(BLOCKING, spoken.api, told.bytes(), random));
      assertThat(client.stopped()).as(number).isEqualTo(blocks);
      assertThat(client.error().contains("\"request_id\":\"req\"")).as(number).isEqualTo(blocks);
      assertThat(client.ended()).as(number).isEqualTo(!blocks);
      if (blocks) {
        blocked++;
        client
            .texts()
            .forEach((key, text) -> {
              assertThat(BLOCKING.judge(text, Origin.ANSWER).action())
                  .as("%s, %s", number, key)
                  .isNotEqualTo(Action.BLOCK);
              if (!key.contains("arguments")) {
                assertThat(
                        NOT_BLOCKING
                            .judge(told.texts.get(key), Origin.ANSWER)
                            .masked()
                            .orElseThrow())
                    .as("%s, %s", number, key)
                    .startsWith(text);
              }
            });
      }
    }
    assertThat(blocked).isBetween(ROUNDS / 10, ROUNDS - 2);
  }

  private static byte[] stream(Engine engine, Api api, byte[] bytes, Random random) {
    var stream = new AnswerStream(engine, api, "req", (_, _) -> {});
    var out = new ByteArrayOutputStream();
    int most = 1 + random.nextInt(random.nextBoolean() ? 8 : 400);
    for (int at = 0; at < bytes.length; ) {
      int to = Math.min(bytes.length, at + 1 + random.nextInt(most));
      out.writeBytes(stream.add(Arrays.copyOfRange(bytes, at, to)));
      at = to;
    }
    out.writeBytes(stream.end());
    return out.toByteArray();
  }
}
