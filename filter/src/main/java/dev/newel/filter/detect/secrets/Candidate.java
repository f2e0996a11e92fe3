package dev.newel.filter.detect.secrets;

/**
 * A secret that was recognised.
 *
 * @param label what stands in a mask
 * @param start inclusive
 * @param end exclusive, as far as it is known
 * @param tail when present, it goes on while its characters do
 */
record Candidate(String label, int start, int end, CharSet tail) {}
