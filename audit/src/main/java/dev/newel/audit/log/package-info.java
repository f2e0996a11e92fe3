/**
 * The log itself: what is durable, in which order, who may say what next, and the signed tree over
 * it. One writer; a {@link dev.newel.audit.log.LogStorage} below it.
 */
package dev.newel.audit.log;
