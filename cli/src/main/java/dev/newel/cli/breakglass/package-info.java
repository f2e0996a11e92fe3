/** Access for a while, from the side of those who ask, agree and review. */
package dev.newel.cli.breakglass;
