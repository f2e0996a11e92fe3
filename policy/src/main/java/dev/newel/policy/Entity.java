package dev.newel.policy;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The kinds of sensitive data that a {@code sensitive} rule can name. Further kinds join this list
 * together with the detector row that finds them: a name that nothing looks for is refused.
 */
public enum Entity {
  /** RFC 5321, 4.5.3.1.3: a path has 256 characters, of which two are angle brackets. */
  EMAIL(null, 254),
  /** ISO/IEC 7812-1: 19 digits, each but the last followed by a separator. */
  CREDIT_DEBIT_CARD_NUMBER("CREDIT_CARD", 19 * 2 - 1),
  /** ISO 13616-1: 34 characters, each but the last followed by a separator. */
  INTERNATIONAL_BANK_ACCOUNT_NUMBER("IBAN", 34 * 2 - 1),
  /** A street with number, place and code, as written on a letter. */
  ADDRESS(null, 120),
  AGE(null, 16),
  AWS_ACCESS_KEY(null, 20),
  AWS_SECRET_KEY(null, 40),
  CA_HEALTH_NUMBER(null, 16),
  CA_SOCIAL_INSURANCE_NUMBER("CA_SIN", 11),
  CREDIT_DEBIT_CARD_CVV("CVV", 4),
  CREDIT_DEBIT_CARD_EXPIRY("CARD_EXPIRY", 9),
  DRIVER_ID("DRIVER_LICENSE", 20),
  IP_ADDRESS(null, 45),
  LICENSE_PLATE(null, 12),
  MAC_ADDRESS(null, 17),
  NAME("PERSON", 64),
  PASSWORD(null, 128),
  /** ITU-T E.164: 15 digits, with separators and an extension. */
  PHONE(null, 32),
  PIN(null, 8),
  /** ISO 9362. */
  SWIFT_CODE(null, 11),
  UK_NATIONAL_HEALTH_SERVICE_NUMBER("UK_NHS", 12),
  UK_NATIONAL_INSURANCE_NUMBER("UK_NINO", 13),
  UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER("UK_UTR", 13),
  URL(null, 240),
  USERNAME(null, 64),
  US_BANK_ACCOUNT_NUMBER("US_BANK_ACCOUNT", 20),
  US_BANK_ROUTING_NUMBER("US_ROUTING", 11),
  US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER("US_ITIN", 11),
  US_PASSPORT_NUMBER("PASSPORT", 12),
  US_SOCIAL_SECURITY_NUMBER("US_SSN", 11),
  /** ISO 3779. */
  VEHICLE_IDENTIFICATION_NUMBER("VIN", 17),
  AU_ABN(null, 14),
  AU_ACN(null, 11),
  AU_MEDICARE(null, 14),
  AU_TFN(null, 11),
  BE_NATIONAL_NUMBER(null, 15),
  BR_CNPJ(null, 18),
  BR_CPF(null, 14),
  CH_AHV(null, 16),
  CN_RESIDENT_ID(null, 18),
  DE_TAX_ID(null, 14),
  ES_NIE(null, 11),
  ES_NIF(null, 10),
  FI_PERSONAL_IDENTITY_CODE(null, 11),
  FR_NIR(null, 21),
  HR_OIB(null, 11),
  IN_AADHAAR(null, 14),
  IN_PAN(null, 10),
  IT_FISCAL_CODE(null, 16),
  KR_RRN(null, 14),
  NL_BSN(null, 11),
  NO_NATIONAL_ID(null, 12),
  PL_PESEL(null, 11),
  RO_CNP(null, 13),
  SE_PERSONAL_NUMBER(null, 13),
  SG_NRIC_FIN(null, 9),
  TH_TNIN(null, 17),
  TR_NATIONAL_ID(null, 11),
  ZA_ID_NUMBER(null, 13);

  /** The most characters behind a match that decide whether it is one. */
  public static final int LOOK_AHEAD = 2;

  private static final Map<String, Entity> BY_NAME = byName();

  private final String alias;
  private final int maxLength;

  Entity(String alias, int maxLength) {
    this.alias = alias;
    this.maxLength = maxLength;
  }

  /** The longest match in characters. */
  public int maxLength() {
    return maxLength;
  }

  /**
   * How many characters a stream must hold back to mask it: {@link #maxLength} and a look ahead.
   */
  public int reach() {
    return maxLength + LOOK_AHEAD;
  }

  /** The short name that stands in masks and findings: {@code IBAN}. */
  public String label() {
    return alias == null ? name() : alias;
  }

  /** Finds an entity by its full name or its alias; empty when no detector knows it. */
  public static Optional<Entity> of(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** Every name and alias, sorted: for messages that say what would be accepted. */
  public static Iterable<String> names() {
    return BY_NAME.keySet();
  }

  private static Map<String, Entity> byName() {
    var all = new TreeMap<String, Entity>();
    for (Entity e : values()) {
      all.put(e.name(), e);
      all.put(e.label(), e);
    }
    return all;
  }
}
