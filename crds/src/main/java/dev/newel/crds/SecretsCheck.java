package dev.newel.crds;

import com.fasterxml.jackson.annotation.JsonInclude;

/** Credentials. The rule set is built in and has nothing to set yet. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SecretsCheck() {}
