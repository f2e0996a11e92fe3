package dev.newel.cli.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newel.audit.merkle.Checkpoint;
import dev.newel.audit.merkle.EntryTile;
import dev.newel.audit.merkle.Hash;
import dev.newel.audit.merkle.ProofFile;
import dev.newel.audit.merkle.Proofs;
import dev.newel.audit.merkle.SignedNote;
import dev.newel.audit.merkle.TilePath;
import dev.newel.audit.merkle.Tiles;
import dev.newel.audit.merkle.VerifierKey;
import dev.newel.cli.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "prove",
    description = {
      "Prove that one event is in a log (C2SP tlog-proof), on standard output.",
      "",
      "The proof is verified before it is printed. The event itself, which goes with it, is printed by"
          + " `newel audit query --index`."
    })
final class ProveCommand implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;

  @Parameters(index = "0", paramLabel = "FOLDER|BUNDLE")
  private Path path;

  @Parameters(index = "1", paramLabel = "INDEX", description = "Of the event, from 0.")
  private long index;

  @Mixin private KeyOption key;

  ProveCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    try (Source source = Source.open(path)) {
      VerifierKey verifier = key.read(path, err);
      String note = new String(read(source, "checkpoint"), UTF_8);
      long size = Checkpoint.parse(SignedNote.open(note, verifier)).size();
      var nodes = Tiles.nodes(size, tile -> read(source, tile));
      var proof = new ProofFile(index, Proofs.inclusion(nodes, index, size), note);
      proof.verify(entry(source, size), verifier);
      out.print(proof.text());
      return ExitCode.YES;
    } catch (IllegalArgumentException e) {
      err.println("newel audit prove: no proof: " + e.getMessage());
      return ExitCode.NO;
    } catch (UnusableException | IOException | UncheckedIOException e) {
      err.println("newel audit prove: " + e.getMessage());
      return ExitCode.FAILED;
    }
  }

  private byte[] entry(Source source, long size) {
    long tile = index / TilePath.WIDTH;
    int width = (int) Math.min(TilePath.WIDTH, size - tile * TilePath.WIDTH);
    byte[] bytes = read(source, new TilePath(TilePath.ENTRIES, tile, width));
    EntryTile.Span span = EntryTile.split(bytes).get((int) (index % TilePath.WIDTH));
    return Arrays.copyOfRange(bytes, span.offset(), span.offset() + span.length());
  }

  private static byte[] read(Source source, TilePath tile) {
    try {
      byte[] bytes =
          source.files().read(tile.path()).orElseGet(() -> read(source, tile.full().path()));
      return tile.level() == TilePath.ENTRIES
          ? bytes
          : Arrays.copyOf(bytes, tile.width() * Hash.SIZE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Source source, String file) {
    try {
      return source
          .files()
          .read(file)
          .orElseThrow(() -> new IllegalArgumentException(file + " is missing"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
