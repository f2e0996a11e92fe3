package dev.newel.audit.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newel.audit.merkle.Checkpoint;
import dev.newel.audit.merkle.Hash;
import dev.newel.audit.merkle.SignedNote;
import dev.newel.audit.merkle.VerifierKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/** Judges a log from its files. */
public final class Verifier {
  private final LogFiles files;
  private final Options options;
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * What to hold a log against.
   *
   * @param key of the log, from elsewhere than the log
   * @param asOf when the log was taken; without it nobody can say whether its end is missing
   * @param maxAge how old the newest event may be at {@code asOf}
   * @param seen signed checkpoints that were kept from earlier times
   */
  public record Options(
      VerifierKey key, Optional<Instant> asOf, Duration maxAge, List<String> seen) {
    public static Options of(VerifierKey key) {
      return new Options(key, Optional.empty(), Duration.ofMinutes(5), List.of());
    }
  }

  private Verifier(LogFiles files, Options options) {
    this.files = files;
    this.options = options;
  }

  /**
   * Verifies; goes on after a finding, as far as that makes sense.
   *
   * @param progress takes how many events were read, now and then
   * @throws IOException when a file that is there cannot be read
   */
  public static Verdict verify(LogFiles files, Options options, LongConsumer progress)
      throws IOException {
    return new Verifier(files, options).verify(progress);
  }

  /**
   * Verifies the chains of producers' own files, {@code *.jsonl}, of which nothing is signed: an
   * alteration of an epoch's last event, or its end being cut off, is not noticed.
   */
  public static Verdict verifyUnsigned(LogFiles files) throws IOException {
    var findings = new ArrayList<Finding>();
    var events = new EventChecks(findings, true);
    for (String path : files.paths()) {
      if (path.endsWith(".jsonl")) {
        long number = 0;
        for (byte[] line : lines(files.read(path).orElseThrow())) {
          events.add(path + " line " + ++number, line);
        }
      }
    }
    var notes = new ArrayList<>(events.end());
    notes.add(
        "nothing here is signed: the last event of each producer could be altered, or the end cut"
            + " off, and nobody would notice");
    return new Verdict(Optional.empty(), events.events(), events.producers(), findings, notes);
  }

  private static List<byte[]> lines(byte[] file) {
    var lines = new ArrayList<byte[]>();
    int begin = 0;
    for (int i = 0; i < file.length; i++) {
      if (file[i] == '\n') {
        lines.add(Arrays.copyOfRange(file, begin, i));
        begin = i + 1;
      }
    }
    if (begin < file.length) {
      lines.add(Arrays.copyOfRange(file, begin, file.length));
    }
    return lines;
  }

  private Verdict verify(LongConsumer progress) throws IOException {
    files.packing().ifPresent(p -> findings.add(new Finding(Check.V2, "the zip", p)));
    names();
    Optional<Checkpoint> checkpoint = signed("checkpoint", read("checkpoint"));
    if (checkpoint.isEmpty()) {
      return new Verdict(checkpoint, 0, 0, findings, notes);
    }
    long size = checkpoint.get().size();
    var tree = new TreeCheck(files, size, findings);
    Optional<byte[]> first = files.read("tile/entries/000");
    boolean whole = size < 256 || first.isPresent();
    var events = new EventChecks(findings, whole);
    Set<Hash> all = spools().isEmpty() ? null : new HashSet<>();
    tree.leaves(
        (index, leaf) -> {
          events.add("index " + index, leaf);
          if (all != null) {
            all.add(Hash.ofLeaf(leaf));
          }
        },
        progress);
    tree.tiles();
    roots(checkpoint.get(), tree);
    if (tree.pruned() > 0) {
      pruned(tree.pruned(), events.prunedBefore());
    }
    notes.addAll(events.end());
    spooled(all);
    fresh(events);
    return new Verdict(checkpoint, events.events(), events.producers(), findings, notes);
  }

  /** A byte that no check covers has no place in a bundle. */
  private void names() throws IOException {
    boolean live = false;
    for (String path : files.paths()) {
      if (path.startsWith("segments/") || path.equals("lock") || path.equals("producers.json")) {
        live = true; // a log's own folder: what counts for a reader is derived from these
      } else if (path.endsWith(".vkey")) {
        String text = new String(files.read(path).orElseThrow(), UTF_8);
        if (!text.equals(options.key().text() + "\n")) {
          findings.add(
              new Finding(Check.V1, path, "is another key than the one given: " + options.key()));
        }
      } else if (!Bundle.belongs(path) && !path.endsWith(".jsonl")) {
        findings.add(
            new Finding(
                Check.V2, path, "is no part of a log, and nothing vouches for it; take it away"));
      }
    }
    if (live) {
      notes.add("segments of a log's own folder were not read; its tiles were");
    }
  }

  private Optional<String> read(String path) throws IOException {
    Optional<byte[]> bytes = files.read(path);
    if (bytes.isEmpty()) {
      findings.add(new Finding(Check.V1, path, "is missing: nothing here is signed"));
    }
    // Damaged bytes become U+FFFD, which no signed note holds.
    return bytes.map(b -> new String(b, UTF_8));
  }

  private Optional<Checkpoint> signed(String where, Optional<String> note) {
    if (note.isEmpty()) {
      return Optional.empty();
    }
    try {
      Checkpoint read = Checkpoint.parse(SignedNote.open(note.get(), options.key()));
      if (!read.origin().equals(options.key().name())) {
        throw new IllegalArgumentException("is of another log: " + read.origin());
      }
      return Optional.of(read);
    } catch (IllegalArgumentException e) {
      findings.add(new Finding(Check.V1, where, e.getMessage()));
      return Optional.empty();
    }
  }

  private void roots(Checkpoint checkpoint, TreeCheck tree) throws IOException {
    boolean same =
        tree.tree().size() == checkpoint.size()
            && tree.tree().root(checkpoint.size()).equals(checkpoint.root());
    if (!same) {
      findings.add(
          new Finding(
              Check.V2,
              "checkpoint",
              "the leaves do not have the root that was signed for size " + checkpoint.size()));
    }
    for (String path : files.paths()) {
      if (path.startsWith("checkpoints/")) {
        earlier(path, read(path), checkpoint, tree);
      }
    }
    for (int i = 0; i < options.seen().size(); i++) {
      earlier("checkpoint seen earlier", Optional.of(options.seen().get(i)), checkpoint, tree);
    }
  }

  private void earlier(String where, Optional<String> note, Checkpoint checkpoint, TreeCheck tree) {
    Optional<Checkpoint> earlier = signed(where, note);
    if (earlier.isEmpty()) {
      return;
    }
    long size = earlier.get().size();
    if (size > checkpoint.size()) {
      findings.add(
          new Finding(
              Check.V3,
              where,
              "vouches for %d leaves, this log has %d: it was rolled back"
                  .formatted(size, checkpoint.size())));
    } else if (size > tree.tree().size() || !tree.tree().root(size).equals(earlier.get().root())) {
      findings.add(
          new Finding(
              Check.V3,
              where,
              "the first %d leaves are not those it vouches for: the log was forked"
                  .formatted(size)));
    }
  }

  private void pruned(long count, long before) {
    if (before < count) {
      findings.add(
          new Finding(
              Check.V2,
              "index 0 to " + (count - 1),
              "entries are missing, and no log.pruned says that they were removed"));
    } else {
      notes.add("the first " + count + " events were removed by retention; their hashes verify");
    }
  }

  private List<String> spools() throws IOException {
    return files.paths().stream().filter(p -> p.endsWith(".jsonl")).toList();
  }

  /** Files of producers beside the log must hold nothing that the log does not. */
  private void spooled(Set<Hash> all) throws IOException {
    for (String path : spools()) {
      long number = 0;
      for (byte[] line : lines(files.read(path).orElseThrow())) {
        number++;
        if (!all.contains(Hash.ofLeaf(line))) {
          findings.add(
              new Finding(Check.V2, path + " line " + number, "is not in the log, or was altered"));
        }
      }
    }
  }

  private void fresh(EventChecks events) {
    if (options.asOf().isEmpty()) {
      notes.add(
          "whether the end is missing was not checked (V9): say with --as-of when the log was taken,"
              + " or give an earlier checkpoint with --seen");
      return;
    }
    Instant asOf = options.asOf().get();
    if (events.newest().isBefore(asOf.minus(options.maxAge()))) {
      findings.add(
          new Finding(
              Check.V9,
              "checkpoint",
              "the newest event is of %s, more than %s before %s: the end is missing, or the log"
                      .formatted(events.newest(), options.maxAge(), asOf)
                  + " stood still"));
    } else if (events.newest().isAfter(asOf.plus(EventChecks.SKEW))) {
      findings.add(
          new Finding(
              Check.V7,
              "checkpoint",
              "the newest event is of " + events.newest() + ", after " + asOf));
    }
  }
}
