package dev.newel.filter.detect.secrets;

/**
 * Version control, continuous integration, registries, monitoring, and tools that developers use.
 */
final class DeveloperFormats {
  private DeveloperFormats() {}

  static final String ROWS =
      """
      GITHUB_TOKEN gh(p|o|u|s|r)_<a36+> github_pat_<w36+>
      GITLAB_TOKEN gl(pat|dt|rt|cbt|ft|soat|imt|ffct|rtr|wt)-<t20+> glptt-<h40> gloas-<h64> glagent-<w50+> GR1348941<w20>
      BITBUCKET_TOKEN ATBB<a32+>
      ATLASSIAN_TOKEN AT(A|C|S)TT3<t60+>
      BUILDKITE_TOKEN bk(ua|aj|pt|ct)_<l40>
      CIRCLECI_TOKEN CCI(PAT|PRJ)_<a22>_<l40>
      HARNESS_TOKEN (pat|sat).<w22>.<h24>.<a20>
      SONAR_TOKEN sq(u|p|a)_<h40>
      SNYK_TOKEN snyk_uat.<t40+>
      SENTRY_TOKEN sntrys_<b60+> sntry(u|a|i|o)_<h64>
      SENTRY_DSN <h32>:<h32>@sentry.io
      SOURCEGRAPH_TOKEN sgp_<h16>_<h40> sgp_local_<h40> sgp_<H40> sl(k|p)_<h64>
      OCTOPUS_KEY API-<u25-28>
      NEWRELIC_KEY NRAK-<u27> NRJS-<h19> NRIQ-<w32> NRRA-<h42> NRII-<w32> NRAA-<h27> NRSP-<a30+> <h36>NRAL
      GRAFANA_TOKEN glc_<b40+> glsa_<a32>_<H8> eyJrIjoi<b40+>
      HONEYCOMB_KEY hc(a|x|b)ik_<l58> hcamk_<l58>
      DYNATRACE_TOKEN dt0(c01|s01|s02|s16|s08).<u24>.<u64>
      POSTMAN_KEY PMAK-<h24>-<h34>
      LAUNCHDARKLY_KEY (api|sdk|mob)-<uuid>
      CONTENTFUL_TOKEN CFPAT-<w43+>
      PREFECT_KEY pn(u|b)_<a36>
      NPM_TOKEN npm_<a36>
      PYPI_TOKEN pypi-<w85+>
      RUBYGEMS_KEY rubygems_<h48>
      NUGET_KEY oy2<l43>
      CRATES_TOKEN cio<a32>
      DOCKER_TOKEN dckr_(pat|oat)_<w27-32>
      CLOJARS_TOKEN CLOJARS_<l60>
      JFROG_TOKEN AKC<w10>p<a8+> AKCp<a69> cmVmdGtu<a56>
      PACKAGIST_TOKEN packagist_(ack|acs|out|uut)_<h68>
      DENO_TOKEN dd(p|w|o)_<a36>
      JSR_TOKEN jsr(p|d)_<a36>
      LINEAR_KEY lin_api_<a40> lin_oauth_<h64>
      README_KEY rdme_<l70>
      MAPBOX_TOKEN (sk|tk).eyJ<w60+>.<w22> pk.eyJ<w60+>.<w22>
      FIGMA_TOKEN fig(d|u|o|oh|or)_<w36+>
      FRAMEIO_TOKEN fio-u-<t64>
      NOTION_TOKEN secret_<a43> ntn_<a43+>
      AIRTABLE_TOKEN pat<a14>.<h64>
      CLICKUP_TOKEN pk_<d7-9>_<u32>
      TYPEFORM_TOKEN tfp_<t40+>
      ADAFRUIT_KEY aio_<a28>
      THUNDERSTORE_TOKEN tss_<w30+>
      RAPIDAPI_KEY <l10>msh<l15>p1<l6>jsn<l12>
      MAXMIND_KEY <a6>_<a29>_mmk
      PERSONA_KEY persona_(production|sandbox)_<t20+>
      SPECTRALOPS_KEY spu-<l32>
      POSTHOG_KEY ph(x|c)_<a40+>
      SEGMENT_TOKEN sgp_<a64>
      STYTCH_SECRET secret-(live|test)-<w36>
      DUFFEL_TOKEN duffel_(live|test)_<w43>
      CHECKLY_KEY cu_<h32>
      SQREEN_TOKEN org_<h60>
      TWITCH_TOKEN oauth:<l30>
      WAKATIME_KEY waka_<uuid>
      DEPENDENCYTRACK_KEY odt_<a32>
      UBIDOTS_KEY BBFF-<a30+>
      OPENVSX_TOKEN ovsxp_<uuid>
      """;
}
