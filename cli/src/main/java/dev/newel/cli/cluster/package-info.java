/**
 * Commands that look at a cluster, or at files that were taken from one. {@link
 * dev.newel.cli.cluster.Snapshot} is gathered first; what is said about it is pure.
 */
package dev.newel.cli.cluster;
