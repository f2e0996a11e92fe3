package dev.newel.filter.detect.secrets;

/** Clouds, hosting, databases and key stores. */
final class CloudFormats {
  private CloudFormats() {}

  static final String ROWS =
      """
      AWS_ACCESS_KEY (AKIA|ASIA|ABIA|ACCA)<u16>
      AWS_BEDROCK_KEY ABSK<b100+> bedrock-api-key-<b40+>
      AWS_MWS_TOKEN amzn.mws.<uuid>
      AWS_APPSYNC_KEY da2-<l26>
      GOOGLE_API_KEY AIza<w35>
      GOOGLE_OAUTH_TOKEN ya29.<t20+>
      GOOGLE_OAUTH_SECRET GOCSPX-<w28>
      GOOGLE_REFRESH_TOKEN 1//0<w30+>
      AZURE_CLIENT_SECRET <t3>(7|8)Q~<t31-34>
      AZURE_ACCOUNT_KEY AccountKey=^<b86-88>
      AZURE_SHARED_KEY SharedAccessKey=^<b43-44>
      AZURE_SAS_SIGNATURE (&|?)sig=^<p43-60>
      AZURE_SEARCH_KEY <a42>AzSe<a6>
      AZURE_FUNCTION_KEY <w44>AzFu<w4-6>
      AZURE_COSMOS_KEY <b76>ACDb<b4-6>
      AZURE_REGISTRY_KEY <b42>+ACR<b6>
      AZURE_DEVOPS_TOKEN <a76>AZDO<a4>
      DIGITALOCEAN_TOKEN (dop|doo|dor)_v1_<h64>
      ALIBABA_ACCESS_KEY LTAI<a12-26>
      TENCENT_SECRET_ID AKID<a13-40>
      SCALEWAY_ACCESS_KEY SCW<u17>
      YANDEX_KEY AQVN<w35-38> YC(A|B|O|M|N|P)<w37-38>
      YANDEX_TOKEN t1.<a20+>.<w60+> y0_<w40+>
      HEROKU_KEY HRKU-<uuid> HRKU-AA<w58>
      CLOUDFLARE_ORIGIN_KEY v1.0-<h24>-<h146>
      FLY_TOKEN (fo1|fm1r|fm1a|fm2)_<b40+>
      RENDER_KEY rnd_<a28-40>
      NETLIFY_TOKEN nfp_<a36-40>
      VERCEL_TOKEN vc(p|i|a|r|k)_<a24+> vercel_blob_rw_<a16>_<a30>
      SUPABASE_KEY sbp_<h40> sb_secret_<w22+>
      NEON_KEY napi_<l60-70>
      PLANETSCALE_TOKEN pscale_(tkn|pw|oauth)_<t32-64>
      PULUMI_TOKEN pul-<h40>
      TERRAFORM_TOKEN <a14>.atlasv1.<t60-70>
      VAULT_TOKEN hv(s|b|r).<w24+>
      DATABRICKS_TOKEN dapi<h32> dapi<h32>-<d1> dose<h32>
      DOPPLER_TOKEN dp.(pt|ct|st|sa|scim|audit).<t40+>
      INFISICAL_TOKEN st.<h24>.<h32>.<h32>
      ONEPASSWORD_TOKEN ops_eyJ<b100+> A3-<u6>-<u11>-<u5>-<u5>-<u5>
      AGE_SECRET_KEY AGE-SECRET-KEY-1<u58>
      TAILSCALE_KEY tskey-(auth|api|client|scim|webhook)-<a10+>-<a20+> tskey-<a12+>-<a20+>
      AIVEN_PASSWORD AVNS_<w15+>
      DEFINED_KEY dnkey-<w26>-<w52>
      KONG_TOKEN (kpat|spat)_<a40+>
      SCALINGO_TOKEN tk-us-<w48>
      ALIYUN_STS STS.<a20+>
      CONFLUENT_SECRET cflt<a60>
      COCKROACH_KEY CCDB1_<a22>_<a40>
      """;
}
