package dev.newel.sidecar.proxy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much is under way at once: requests, and bytes of bodies that are held until they are
 * decided. Both are bounded, so that clients together cannot take all memory. Thread safe.
 */
final class Admission {
  private final int mostRequests;
  private final long mostBytes;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong waiting = new AtomicLong();

  Admission(int mostRequests, long mostBytes) {
    this.mostRequests = mostRequests;
    this.mostBytes = mostBytes;
  }

  /**
   * A quarter of the heap for bodies, because judging one takes a few times its length, but always
   * room for two of the longest.
   */
  static long bytesFor(long heap, int longest) {
    return Math.max(heap / 4, 2L * longest);
  }

  /** True when one more may come in; then {@link #leave} is to be called once. */
  boolean enter() {
    if (requests.incrementAndGet() > mostRequests) {
      requests.decrementAndGet();
      return false;
    }
    return true;
  }

  void leave() {
    requests.decrementAndGet();
  }

  /** True when so many more bytes may be held; then they are to be released. */
  boolean hold(long more) {
    if (bytes.addAndGet(more) > mostBytes) {
      bytes.addAndGet(-more);
      return false;
    }
    return true;
  }

  void release(long held) {
    bytes.addAndGet(-held);
  }

  /** So many bytes of answers more, or fewer, wait for clients to take them. */
  void waits(long more) {
    waiting.addAndGet(more);
  }

  /** Requests under way. */
  int requests() {
    return requests.get();
  }

  /** Bytes in this process that are held to be decided, or wait for clients to take them. */
  long buffered() {
    return bytes.get() + waiting.get();
  }
}
