package dev.newel.filter.detect.secrets;

import java.util.Set;

/**
 * Services whose keys have no look of their own: 16 to 64 letters and digits, or a UUID. The name
 * of one shortly before such a string says what it is. Services with tokens of a known form stand
 * in the tables of formats.
 */
final class Vendors {
  private Vendors() {}

  static final Set<String> NAMES =
      Set.of(
          """
          abstractapi abuseipdb accuweather activecampaign adzuna aeroworkflow ahrefs airbrake airship alchemy
          algolia amplitude apideck apify apilayer apimatic appcues appfollow appsflyer apptivo artifactory asana
          assemblyai auth0 autodesk aviationstack axiom ayrshare bannerbear baremetrics betterstack bing_subscription
          bitbucket bitly bitmex blazemeter blynk borgbase braintree brandfetch browserstack bscscan buddy bugsnag
          buttercms calendarific calendly campaignmonitor censys chartmogul chatbot checkout checkvist clarifai
          clearbit clickhelp clicksend clockify cloudconvert cloudflare cloudimage cloudmersive cloudways coda codacy
          codeclimate codecov codemagic cohere coinapi coinbase coinlayer coinmarketcap coveralls crowdin
          cryptocompare currencyapi currencylayer customer.io datadog debounce deepai deepgram deepl delighted
          detectify detectlanguage dfuse diffbot disqus docusign dotmailer drift dronahq duda dwolla dynalist
          easyinsight ecostruxure edamam eightxeight elastic emailoctopus enigma etherscan eventbrite everhour
          exchangerate faceplusplus fastforex fastly feedier finage finnhub fixer.io flickr flightapi flutterwave
          formbucket formcraft foursquare freshbooks freshdesk fullcontact fullstory geckoboard geoapify geocodio
          getresponse giphy gitter glassnode goodday graphcms graphhopper groovehq guardian gyazo happyscribe
          harvest hellosign helpscout heroku hetzner holidayapi honeybadger host.io hubspot hunter iconfinder
          iexcloud imagekit imgbb imgix impala infura insomnia integromat intercom intrinio ip2location ipapi
          ipdata ipgeolocation ipinfo ipstack jenkins jotform jumpcloud keen kickbox klaviyo knapsack kraken kucoin
          languagelayer lastfm launchdarkly leadfeeder lemlist lessannoying linode liveagent loadmill locationiq
          loggly loginradius logz lokalise loyverse mailboxlayer mailerlite mailgun mailjet mailmodo mailsac mandrill
          mapbox mapquest marketstack mashape mattermost maxmind mediastack meaningcloud meraki messagebird metaapi
          mindmeister miro mixmax mockaroo monday moonclerk moosend mrticktock mux nasdaq neutrino newsapi newscatcher
          nexmo nftport ngrok nitro notion numverify nutritionix nytimes oanda okta omnisend onelogin onesignal
          openai opencage openuv openweather opsgenie optimizely outreach overloop owlbot packagecloud pagerduty
          pandadoc paperform parsehub parseur partnerstack pastebin paymo paypal pdflayer pdfshift pepipost percy
          pexels phrase pipedream pipedrive pivotaltracker pixabay plaid planyo playfab podio polygon positionstack
          postman postmark prospect proxycrawl pubnub purestake pushbullet pusher pushover pyowm qase qualaroo quay
          qubole quickbase rapidapi raven rawg rebrandly recaptcha recurly refiner requestbin rescuetime
          restpack ringcentral riotgames ritekit roboflow rocketreach rollbar route4me rows runrun salesblink
          salesforce salesmate saucelabs scaleway scrapeowl scraperapi scraperbox scrapestack scrapfly scrapingant
          scrapingbee screenshotapi screenshotlayer securitytrails segment selectpdf semantria sendbird sendinblue
          sentiment sentry serpapi serphouse serpstack shodan shortcut shotstack shutterstock signalwire
          signaturit signupgenius simfin simplynoted simvoly sinch smartsheet snipcart sonarqube sonarcloud spoonacular
          sportradar sportsmonk spotify square squarespace sslmate statuspage stormglass strava streak stytch sugester
          sumologic supportbee surveyanyplace surveysparrow swiftype tatum taxjar teamgate teamwork technicalanalysis
          telnyx thingsboard ticketmaster tickettailor tiingo timezoneapi tmetric todoist toggl tomorrow.io tomtom
          tradier travelpayouts travis trello truenas twelvedata twilio twitch twitter tyntec typeform uclassify
          unifyid unplugg unsplash upcdatabase uplead uploadcare urlscan userflow userstack vatlayer vercel veriphone
          versioneye viewneo virustotal visualcrossing voicegain vonage vpnapi vultr walkscore watson weatherapi
          weatherbit weatherstack webex webflow wepay whoxy worksnaps workstack worldcoinindex worldweather wrike
          yandex yousign youtube zendesk zenrows zenscrape zenserp zeplin zerobounce zipapi zipcodebase zoho
          zonka zoominfo owm
          """
              .strip()
              .split("\\s+", -1));

  /** From the name to the end of what stands between it and the key, in characters. */
  static final int REACH = 60;

  private static final int LEAST = 20;

  /** The key that follows the name which ends at this index, or null. */
  static Candidate at(String text, int end) {
    int limit = Math.min(text.length(), end + REACH);
    int at = end;
    while (at < limit) {
      int run = at;
      while (run < text.length() && run - at < 128 && CharSet.URL_SAFE.has(text.charAt(run))) {
        run++;
      }
      if (run - at >= LEAST && run - at < 128 && at > end) {
        return key(text, at, run);
      }
      if (run < text.length() && (text.charAt(run) == '/' || text.charAt(run) == '\n')) {
        return null;
      }
      at = run + 1;
    }
    return null;
  }

  private static Candidate key(String text, int at, int run) {
    String value = text.substring(at, run);
    int digits = (int) value.chars().filter(Character::isDigit).count();
    boolean path = run < text.length() && "/.(".indexOf(text.charAt(run)) >= 0;
    return digits >= 4 && !path && TokenValue.isToken(value)
        ? new Candidate("SECRET", at, run, null)
        : null;
  }
}
