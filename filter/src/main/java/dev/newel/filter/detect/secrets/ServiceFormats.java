package dev.newel.filter.detect.secrets;

/** Models, payment, mail, messages, and other services. */
final class ServiceFormats {
  private ServiceFormats() {}

  static final String ROWS =
      """
      OPENAI_KEY sk-<w20-80>T3BlbkFJ<w20+> sk-(proj|svcacct|admin|None|service)-<w40+> sess-<a40>
      ANTHROPIC_KEY sk-ant-(api03|admin01|oat01|ort01|sid01)-<w40+> sk-ant-<w60+>
      OPENROUTER_KEY sk-or-v1-<h64>
      MODEL_API_KEY sk-<a32+> sk-lf-<uuid> sk-helicone-<w30+>
      GROQ_KEY gsk_<a48-56>
      XAI_KEY xai-<a60+>
      PERPLEXITY_KEY pplx-<a40-60>
      REPLICATE_TOKEN r8_<w37-40>
      TOGETHER_KEY tgp_v1_<w43>
      FIREWORKS_KEY fw_<a22-26>
      LANGSMITH_KEY lsv2_(pt|sk)_<h32>_<h10> ls__<h32>
      PINECONE_KEY pcsk_<w60+>
      NVIDIA_KEY nvapi-<w60+>
      TAVILY_KEY tvly-<w20+>
      CEREBRAS_KEY csk-<l44-52>
      ELEVENLABS_KEY sk_<h48> xi-<h32>
      VOYAGE_KEY (pa|al)-<w43>
      JINA_KEY jina_<w60>
      LLAMACLOUD_KEY llx-<a48>
      FIRECRAWL_KEY fc-<h32>
      MODAL_TOKEN (ak|as)-<a22>
      WANDB_KEY wandb_v1_<w40+>
      HUGGINGFACE_TOKEN hf_<a30-40> api_org_<a34>
      FRIENDLI_TOKEN flp_<a40+>
      STRIPE_KEY (sk|rk)_(live|test|prod)_<a14+>
      STRIPE_WEBHOOK_SECRET whsec_<b32+>
      SQUARE_TOKEN sq0(atp|csp|idp)-<w22-43> EAAA<w56+>
      BRAINTREE_TOKEN access_token$(production|sandbox)$<l16>$<h32>
      PLAID_TOKEN access-(sandbox|development|production)-<uuid>
      ADYEN_KEY AQE<p70+>
      RAZORPAY_KEY rzp_(live|test)_<a14>
      FLUTTERWAVE_KEY FLWSECK(_TEST|)-<l12-34>-X FLW(SECK|PUBK)_TEST-<h32>-X
      MOLLIE_KEY (live|test)_<a30>
      MERCADOPAGO_TOKEN (APP_USR|TEST)-<d16>-<d6>-<h32>-<d6-12>
      PADDLE_KEY pdl_(live|sdbx)_apikey_<l26>_<a22>_<a3>
      GOCARDLESS_TOKEN (live|sandbox)_<w40>
      SHOPIFY_TOKEN shp(at|ca|pa|ss|ua|tka)_<H32>
      EASYPOST_KEY EZ(A|T)K<a54>
      SHIPPO_TOKEN shippo_(live|test)_<h40>
      LOB_KEY (live|test)_(pub_|)<h31-35>
      WEPAY_TOKEN (PRODUCTION|STAGE)_<h60+>
      SLACK_TOKEN xox(b|p|a|r|s|o|e|c|d)-<w10+> xapp-<d1>-<u8-14>-<d8-14>-<l60+> xoxe.xox(p|b)-1-<w100+>
      SLACK_WEBHOOK hooks.slack.com/(services|workflows|triggers)/</20+>
      DISCORD_WEBHOOK (discord|discordapp).com/api/webhooks/<d15-20>/<w40+>
      TEAMS_WEBHOOK webhook.office.com/webhookb2/</60+> outlook.office.com/webhook/</60+>
      ZAPIER_WEBHOOK hooks.zapier.com/hooks/catch/</10+>
      TWILIO_KEY SK<h32>
      SENDGRID_KEY SG.<w16-24>.<w39-50>
      MAILGUN_KEY (key|pubkey)-<l32>
      MAILCHIMP_KEY <h32>-us<d1-2>
      BREVO_KEY x(keysib|smtpsib)-<h64>-<a16>
      RESEND_KEY re_<a8>_<a24>
      TELEGRAM_BOT_TOKEN <d7-10>:AA<w32-34>
      KLAVIYO_KEY pk_<h34>
      ONESIGNAL_KEY os_v2_(app|org)_<l90+>
      FIREBASE_TOKEN AAAA<w7>:<w134+>
      BEAMER_KEY b_<b44>
      FACEBOOK_TOKEN EAA<a80+> EAACEdEose0cBA<a20+>
      INSTAGRAM_TOKEN IG(QV|QW|AA)<w60+>
      TWITTER_TOKEN AAAAAAAAAAAAAAAAAAAAA<p60+>
      LINKEDIN_SECRET WPL_AP1.<t16+>
      HUBSPOT_TOKEN pat-(na|eu|ap)<d1>-<uuid>
      SALESFORCE_TOKEN 00D<a12-15>!<t80+> 5Aep861<t60+>
      ZOHO_TOKEN 1000.<h32>.<h32>
      DROPBOX_TOKEN sl.<w60+> sl.u.<w60+>
      CLOUDINARY_URL cloudinary://^<d15>:<w27>
      PASSWORD_HASH $2(a|b|y)$<d2>$<c53> $(1|5|6|apr1|y)$<c20+> $argon2(i|d|id)$<c40+> $pbkdf2-sha256$<c40+> {SSHA}<b24+>
      JSON_WEB_TOKEN eyJ<w10+>.ey<t20+> eyJ<w10+>..<w16>.<t30+>
      """;
}
