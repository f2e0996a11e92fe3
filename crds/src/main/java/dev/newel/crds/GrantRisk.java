package dev.newel.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A power of a role that outlives or widens a grant. A policy names those that it accepts, role by
 * role; a role with one that is not named cannot be granted.
 */
public enum GrantRisk {
  /** Reads Secrets: what was read stays known, and tokens in them stay valid. */
  @JsonProperty("ReadSecrets")
  READ_SECRETS("ReadSecrets"),
  /** Runs programs in pods, or copies from them: acts as their service accounts. */
  @JsonProperty("ExecIntoPods")
  EXEC_INTO_PODS("ExecIntoPods"),
  /** Adds containers to running pods: they stay until the pod ends. */
  @JsonProperty("EphemeralContainers")
  EPHEMERAL_CONTAINERS("EphemeralContainers"),
  /** Makes tokens of service accounts: they are valid after the grant. */
  @JsonProperty("MintServiceAccountTokens")
  MINT_SERVICE_ACCOUNT_TOKENS("MintServiceAccountTokens"),
  /** Acts as a service account of the namespace. */
  @JsonProperty("ImpersonateServiceAccounts")
  IMPERSONATE_SERVICE_ACCOUNTS("ImpersonateServiceAccounts"),
  /** Starts pods, which run after the grant, as any service account of the namespace. */
  @JsonProperty("CreateWorkloads")
  CREATE_WORKLOADS("CreateWorkloads");

  private final String text;

  GrantRisk(String text) {
    this.text = text;
  }

  /** As it stands in a manifest. */
  public String text() {
    return text;
  }
}
