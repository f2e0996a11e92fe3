/**
 * The tree and its public forms, and nothing of what it is used for: RFC 6962 hashes and proofs,
 * C2SP tlog-tiles, signed-note, tlog-checkpoint and tlog-proof.
 */
package dev.newel.audit.merkle;
