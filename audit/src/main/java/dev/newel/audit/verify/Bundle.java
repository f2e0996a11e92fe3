package dev.newel.audit.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A log's files in one zip, in one form only: sorted, stored and without times. The same files
 * always make the same bytes, so that no byte of a bundle can change unnoticed, not even those that
 * a zip does not need.
 */
public final class Bundle implements LogFiles, AutoCloseable {
  /** The first moment that a zip can name. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final ZipFile zip;
  private final List<String> paths;
  private final Optional<String> packing;

  private Bundle(ZipFile zip, List<String> paths, Optional<String> packing) {
    this.zip = zip;
    this.paths = paths;
    this.packing = packing;
  }

  /**
   * Opens a bundle.
   *
   * @throws IOException when it is no zip, or half of one
   */
  public static Bundle open(Path file) throws IOException {
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw new IOException(
          file + " is no whole zip (" + e.getMessage() + "); was it cut on its way?", e);
    }
    List<String> paths =
        zip.stream().filter(e -> !e.isDirectory()).map(ZipEntry::getName).sorted().toList();
    return new Bundle(zip, paths, compare(file, zip, paths));
  }

  private static Optional<String> compare(Path file, ZipFile zip, List<String> paths) {
    try (var bytes = Files.newInputStream(file)) {
      var same = new Comparing(bytes);
      write(same, paths, path -> zip.getInputStream(zip.getEntry(path)).readAllBytes());
      if (same.equal() && bytes.read() < 0) {
        return Optional.empty();
      }
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of("its contents cannot be read whole (" + e.getMessage() + ")");
    }
    return Optional.of(
        "its bytes are not as `newel audit bundle` writes them; if somebody else packed it, unpack it"
            + " and verify the folder");
  }

  @Override
  public List<String> paths() {
    return paths;
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    ZipEntry entry = zip.getEntry(path);
    if (entry == null) {
      return Optional.empty();
    }
    try (var in = zip.getInputStream(entry)) {
      return Optional.of(in.readAllBytes());
    }
  }

  @Override
  public Optional<String> packing() {
    return packing;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  /** Writes these files as a bundle. */
  public static void write(OutputStream to, LogFiles files) throws IOException {
    write(
        to,
        files.paths().stream().filter(Bundle::belongs).sorted().toList(),
        path -> files.read(path).orElseThrow(() -> new IOException(path + " vanished")));
  }

  /** What of a running log's folder an auditor needs. */
  static boolean belongs(String path) {
    return path.equals("checkpoint")
        || path.startsWith("checkpoints/")
        || path.startsWith("tile/")
        || path.endsWith(".vkey");
  }

  private interface Reading {
    byte[] bytes(String path) throws IOException;
  }

  private static void write(OutputStream to, List<String> paths, Reading reading)
      throws IOException {
    var zip = new ZipOutputStream(to);
    zip.setMethod(ZipOutputStream.STORED);
    for (String path : paths) {
      byte[] bytes = reading.bytes(path);
      var crc = new CRC32();
      crc.update(bytes);
      var entry = new ZipEntry(path);
      entry.setTimeLocal(NO_TIME);
      entry.setSize(bytes.length);
      entry.setCompressedSize(bytes.length);
      entry.setCrc(crc.getValue());
      zip.putNextEntry(entry);
      zip.write(bytes);
      zip.closeEntry();
    }
    zip.finish();
  }

  /** Compares what is written with what is read, and keeps neither. */
  private static final class Comparing extends OutputStream {
    private final InputStream with;
    private boolean equal = true;

    Comparing(InputStream with) {
      this.with = with;
    }

    @Override
    public void write(int b) throws IOException {
      equal &= with.read() == (b & 0xff);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      byte[] other = with.readNBytes(length);
      equal &=
          other.length == length && Arrays.equals(bytes, offset, offset + length, other, 0, length);
    }

    boolean equal() {
      return equal;
    }
  }
}
