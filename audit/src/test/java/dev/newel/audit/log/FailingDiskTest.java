package dev.newel.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.newel.audit.AuditUnavailableException;
import dev.newel.audit.StoredEvent;
import dev.newel.audit.verify.LogFiles;
import dev.newel.audit.verify.Verifier;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full for a while: nothing counts meanwhile, and afterwards all goes on. */
class FailingDiskTest {
  @TempDir Path folder;
  private volatile String failing = "";

  private LogStorage storage() throws IOException {
    LogStorage real = EmbeddedStorage.open(folder);
    InvocationHandler full =
        (_, method, args) -> {
          if (method.getName().equals(failing)) {
            throw new IOException("No space left on device");
          }
          try {
            return method.invoke(real, args);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return (LogStorage)
        Proxy.newProxyInstance(
            LogStorage.class.getClassLoader(), new Class<?>[] {LogStorage.class}, full);
  }

  @Test
  void whatCannotBeMadeDurableIsRefusedAndMayBeTriedAgain() throws Exception {
    var chain = new Logs.Chain("a");
    try (var log = TransparencyLog.open(storage(), Logs.KEY, Logs.CLOCK, Logs.QUICK)) {
      List<StoredEvent> events = chain.next(3);
      failing = "append";
      assertThatThrownBy(() -> log.append(events, false))
          .isInstanceOf(AuditUnavailableException.class)
          .hasMessageContaining("No space left");
      assertThat(log.size()).isEqualTo(1);
      assertThat(log.trouble()).contains("No space left");
      failing = "";
      assertThat(log.append(events, false)).containsExactly(1L, 2L, 3L);
      assertThat(log.trouble()).isEmpty();
    }
    assertSound(5);
  }

  @Test
  void tilesThatCannotBeWrittenAreWrittenLater() throws Exception {
    var chain = new Logs.Chain("a");
    try (var log = TransparencyLog.open(storage(), Logs.KEY, Logs.CLOCK, Logs.QUICK)) {
      for (String what : List.of("write", "writeDurably")) {
        failing = what;
        log.append(chain.next(300), false);
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (log.trouble().isEmpty() && System.nanoTime() < deadline) {
          Thread.sleep(2);
        }
        assertThat(log.trouble()).contains("No space left");
        failing = "";
        Logs.awaitSigned(log);
      }
    }
    assertSound(602);
  }

  private void assertSound(long events) throws IOException {
    var verdict =
        Verifier.verify(LogFiles.folder(folder), Verifier.Options.of(Logs.KEY.verifier()), _ -> {});
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.events()).isEqualTo(events);
  }
}
