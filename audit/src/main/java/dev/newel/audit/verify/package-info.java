/**
 * Judging a log from its files alone, without the log, its key's secret half or a cluster: the
 * checks V1 to V10 of docs/audit.md.
 */
package dev.newel.audit.verify;
