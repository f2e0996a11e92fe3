/** The neural encoder, for images that carry it: its weights, its tokenizer and who runs it. */
package dev.newel.models;
