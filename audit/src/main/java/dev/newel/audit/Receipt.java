package dev.newel.audit;

/**
 * The event is durable: it survives a crash of the process and of the machine.
 *
 * @param id of the event
 * @param seq its place in the producer's epoch, from 1
 */
public record Receipt(String id, long seq) {}
