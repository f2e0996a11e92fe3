/**
 * Time-boxed access: asked for by one person, agreed to by others, ended by Kubernetes itself. Read
 * {@link dev.newel.operator.breakglass.RequestReconciler} first, then {@link
 * dev.newel.operator.breakglass.RequestDecision}, which holds all judgement and talks to nobody.
 */
package dev.newel.operator.breakglass;
