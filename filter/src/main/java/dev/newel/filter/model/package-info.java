/**
 * Trained models: where a text is cut into windows, what is counted in each, and the linear
 * functions of it. The neural encoder is a module of its own, found as a service ({@link
 * dev.newel.filter.model.Encoder}). How they are trained: {@code models/train}.
 */
package dev.newel.filter.model;
