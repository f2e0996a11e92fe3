package dev.newel.audit.verify;

/**
 * Something that is wrong with a log.
 *
 * @param check which check found it
 * @param where a file, an index, or producer, epoch and seq
 * @param message for people; quotes nothing of an event's data
 */
public record Finding(Check check, String where, String message) {}
