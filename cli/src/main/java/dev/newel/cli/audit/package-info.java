/** {@code newel audit …}: verifying and reading a log from its files, without a cluster. */
package dev.newel.cli.audit;
