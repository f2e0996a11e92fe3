/**
 * {@code newel check}: the filter's engine on texts from a file, so that a policy is tested before
 * it is applied.
 */
package dev.newel.cli.check;
