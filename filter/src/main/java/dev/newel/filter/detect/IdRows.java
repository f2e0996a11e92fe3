package dev.newel.filter.detect;

import dev.newel.policy.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Numbers that states, banks and vendors give to people and things. Rows without context words are
 * told by their form and check digits alone.
 */
final class IdRows {
  private IdRows() {}

  static final List<IdRow> ALL = rows();

  private static List<IdRow> rows() {
    var all = new ArrayList<IdRow>();
    northAmerica(all);
    britain(all);
    europe(all);
    elsewhere(all);
    things(all);
    return List.copyOf(all);
  }

  private static void add(
      List<IdRow> to, Entity entity, String form, Predicate<String> valid, String context) {
    to.add(
        new IdRow(
            entity, form, valid, context.isEmpty() ? List.of() : List.of(context.split(",", -1))));
  }

  private static void northAmerica(List<IdRow> to) {
    // Social Security Administration: areas 000, 666 and from 900 on are not given out
    Predicate<String> ssn =
        n ->
            !n.startsWith("000")
                && !n.startsWith("666")
                && n.charAt(0) != '9'
                && !n.startsWith("00", 3)
                && !n.endsWith("0000");
    add(to, Entity.US_SOCIAL_SECURITY_NUMBER, "d3=d2=d4", ssn, "");
    add(to, Entity.US_SOCIAL_SECURITY_NUMBER, "d9", ssn, "ssn,social security,soc sec,national id");
    // IRS, publication 1915
    Predicate<String> itin = n -> n.charAt(0) == '9' && "5678 9".indexOf(n.charAt(3)) >= 0;
    add(to, Entity.US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER, "d3=d2=d4", itin, "");
    add(to, Entity.US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER, "d9", itin, "itin,taxpayer,tax id");
    // ABA routing: 3(d1+d4+d7)+7(d2+d5+d8)+(d3+d6+d9)
    add(
        to,
        Entity.US_BANK_ROUTING_NUMBER,
        "d9",
        n -> Checksums.sum(n, 3, 7, 1, 3, 7, 1, 3, 7, 1) % 10 == 0,
        "routing,aba,rtn,transit");
    add(
        to,
        Entity.US_BANK_ACCOUNT_NUMBER,
        "d6~17",
        n -> true,
        "account number,account no,account #,account:,acct,bank account,savings account,checking account,a/c,konto,cuenta,compte");
    add(
        to,
        Entity.US_PASSPORT_NUMBER,
        "A1d7~8",
        n -> true,
        "passport,passeport,pasaporte,reisepass");
    add(
        to,
        Entity.US_PASSPORT_NUMBER,
        "A2d6~8",
        n -> true,
        "passport,passeport,pasaporte,reisepass");
    add(to, Entity.US_PASSPORT_NUMBER, "d9", n -> true, "passport,passeport,pasaporte");
    add(
        to,
        Entity.DRIVER_ID,
        "A1d3~14",
        n -> true,
        "driver,driving lic,dl no,dl#,dl:,führerschein,permis");
    add(to, Entity.DRIVER_ID, "A1d3=d3=d2=d3", n -> true, "driver,driving lic");
    add(
        to,
        Entity.DRIVER_ID,
        "d7~12",
        n -> true,
        "driver's lic,driver lic,drivers lic,driving lic,dl no,dl#");
    add(
        to,
        Entity.DRIVER_ID,
        "A2d2~14",
        n -> true,
        "driver's lic,driver lic,drivers lic,driving lic,dl no");
    add(
        to,
        Entity.CA_SOCIAL_INSURANCE_NUMBER,
        "d3=d3=d3",
        n -> "08".indexOf(n.charAt(0)) < 0 && Checksums.luhn(n),
        "");
    add(
        to,
        Entity.CA_SOCIAL_INSURANCE_NUMBER,
        "d3-d3-d3",
        Checksums::luhn,
        "social insurance,sin,nas");
    add(
        to,
        Entity.CA_HEALTH_NUMBER,
        "d4-d3-d3",
        n -> true,
        "health card,health number,health insurance,ohip,phn,msp,carte santé");
    add(to, Entity.CA_HEALTH_NUMBER, "A4=d4=d4", n -> true, "");
  }

  private static void britain(List<IdRow> to) {
    Predicate<String> nhs =
        n -> (11 - Checksums.sum(n, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11) % 11 == Checksums.digit(n, 9);
    add(
        to,
        Entity.UK_NATIONAL_HEALTH_SERVICE_NUMBER,
        "d3=d3=d4",
        nhs,
        "nhs,health service,patient");
    add(to, Entity.UK_NATIONAL_HEALTH_SERVICE_NUMBER, "d10", nhs, "nhs,health service");
    // HMRC manual NIM39110
    add(
        to,
        Entity.UK_NATIONAL_INSURANCE_NUMBER,
        "A2-d2-d2-d2-A1",
        n ->
            "DFIQUV".indexOf(n.charAt(0)) < 0
                && "DFIQUVO".indexOf(n.charAt(1)) < 0
                && "ABCD".indexOf(n.charAt(8)) >= 0
                && !List.of("BG", "GB", "NK", "KN", "TN", "NT", "ZZ").contains(n.substring(0, 2)),
        "");
    add(
        to,
        Entity.UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER,
        "d5-d5",
        IdRows::isUtr,
        "utr,taxpayer reference,tax reference");
    add(to, Entity.UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER, "d10", n -> true, "utr,unique taxpayer");
  }

  private static boolean isUtr(String n) {
    int sum = Checksums.sum(n, 0, 6, 7, 8, 9, 10, 5, 4, 3, 2);
    return "21987654321".charAt(sum % 11) == n.charAt(0);
  }

  private static void europe(List<IdRow> to) {
    add(
        to,
        Entity.DE_TAX_ID,
        "d2-d3-d3-d3",
        n -> n.charAt(0) != '0' && Checksums.mod1110(n),
        "steuer,tax id,tin,idnr,identifikationsnummer");
    add(to, Entity.ES_NIF, "d8-A1", Checksums::dni, "");
    add(
        to,
        Entity.ES_NIE,
        "A1-d7-A1",
        n -> "XYZ".indexOf(n.charAt(0)) >= 0 && Checksums.nie(n),
        "");
    add(
        to,
        Entity.FR_NIR,
        "d1-d2-d2-x2-d3-d3-d2",
        n ->
            "12".indexOf(n.charAt(0)) >= 0
                && n.chars().allMatch(Character::isDigit)
                && 97 - Checksums.value(n, 0, 13) % 97 == Checksums.value(n, 13, 15),
        "");
    add(to, Entity.IT_FISCAL_CODE, "A6d2A1d2A1d3A1", Checksums::fiscalCode, "");
    add(
        to,
        Entity.NL_BSN,
        "d9",
        n -> Math.floorMod(Checksums.sum(n, 9, 8, 7, 6, 5, 4, 3, 2, -1), 11) == 0,
        "bsn,burgerservice,sofi");
    add(to, Entity.BE_NATIONAL_NUMBER, "d2.d2.d2-d3.d2", n -> belgian(n.replace(".", "")), "");
    add(
        to,
        Entity.BE_NATIONAL_NUMBER,
        "d11",
        IdRows::belgian,
        "rijksregister,registre national,national number,niss,insz");
    add(
        to,
        Entity.PL_PESEL,
        "d11",
        n ->
            Checksums.isDate(n, 2, 4)
                && (10 - Checksums.sum(n, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3) % 10) % 10
                    == Checksums.digit(n, 10),
        "pesel,personal number,identity,id");
    for (String century : new String[] {"-", "+", "A", "B", "C", "Y", "X"}) {
      String form =
          century.equals("-")
              ? "d6=d3x1"
              : "d6" + (century.equals("A") || century.equals("X") ? "A1" : century) + "d3x1";
      add(to, Entity.FI_PERSONAL_IDENTITY_CODE, form, n -> hetu(n), "");
    }
    add(
        to,
        Entity.SE_PERSONAL_NUMBER,
        "d6=d4",
        n -> Checksums.isDate(n, 2, 4) && Checksums.luhn(n),
        "");
    add(
        to,
        Entity.SE_PERSONAL_NUMBER,
        "d8-d4",
        n -> Checksums.isDate(n, 4, 6) && Checksums.luhn(n.substring(2)),
        "personnummer,personal number,swedish");
    add(
        to,
        Entity.NO_NATIONAL_ID,
        "d6-d5",
        Checksums::norwegian,
        "fødselsnummer,fodselsnummer,national id,personnummer");
    add(
        to,
        Entity.CH_AHV,
        "756-d4-d4-d2",
        n ->
            (10 - Checksums.sum(n, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3) % 10) % 10
                == Checksums.digit(n, 12),
        "");
    add(to, Entity.HR_OIB, "d11", Checksums::mod1110, "oib");
    add(
        to,
        Entity.RO_CNP,
        "d13",
        n ->
            Checksums.isDate(n, 3, 5)
                && Checksums.sum(n, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11 % 10
                    == Checksums.digit(n, 12),
        "");
    add(to, Entity.TR_NATIONAL_ID, "d11", Checksums::turkish, "kimlik,tckn,t.c.,national id");
  }

  private static boolean hetu(String n) {
    String code = n.length() == 10 ? n.substring(0, 6) + "-" + n.substring(6) : n;
    return "-+ABCDEFYXWVU".indexOf(code.charAt(6)) >= 0 && Checksums.hetu(code);
  }

  private static boolean belgian(String n) {
    long serial = Checksums.value(n, 0, 9);
    long check = Checksums.value(n, 9, 11);
    return 97 - serial % 97 == check || 97 - (2_000_000_000L + serial) % 97 == check;
  }

  private static void elsewhere(List<IdRow> to) {
    add(to, Entity.IN_AADHAAR, "d4=d4=d4", n -> n.charAt(0) > '1' && Checksums.verhoeff(n), "");
    add(to, Entity.IN_AADHAAR, "d12~14", n -> true, "aadhaar,aadhar,uidai");
    add(to, Entity.IN_PAN, "A5d4A1", n -> "ABCFGHLJPTK".indexOf(n.charAt(3)) >= 0, "");
    add(to, Entity.SG_NRIC_FIN, "A1d7A1", Checksums::nric, "");
    add(to, Entity.AU_ABN, "d2=d3=d3=d3", Checksums::abn, "");
    add(to, Entity.AU_ABN, "d11", Checksums::abn, "abn,business number");
    add(
        to,
        Entity.AU_ACN,
        "d3-d3-d3",
        n -> (10 - Checksums.sum(n, 8, 7, 6, 5, 4, 3, 2, 1) % 10) % 10 == Checksums.digit(n, 8),
        "acn,company number");
    add(
        to,
        Entity.AU_TFN,
        "d3-d3-d3",
        n -> Checksums.sum(n, 1, 4, 3, 7, 5, 8, 6, 9, 10) % 11 == 0,
        "tfn,tax file");
    add(
        to,
        Entity.AU_MEDICARE,
        "d4-d5-d1~2",
        n ->
            "23456".indexOf(n.charAt(0)) >= 0
                && Checksums.sum(n, 1, 3, 7, 9, 1, 3, 7, 9) % 10 == Checksums.digit(n, 8),
        "medicare");
    add(
        to,
        Entity.KR_RRN,
        "d6=d7",
        n ->
            Checksums.isDate(n, 2, 4)
                && n.charAt(6) >= '1'
                && n.charAt(6) <= '8'
                && (11 - Checksums.sum(n, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5) % 11) % 10
                    == Checksums.digit(n, 12),
        "");
    Predicate<String> thai =
        n ->
            (11 - Checksums.sum(n, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11) % 10
                    == Checksums.digit(n, 12)
                && n.charAt(0) != '0';
    add(to, Entity.TH_TNIN, "d1=d4=d5=d2=d1", thai, "");
    add(to, Entity.TH_TNIN, "d13", thai, "thai,บัตร,national id,tax");
    add(to, Entity.BR_CPF, "d3.d3.d3-d2", n -> Checksums.cpf(n.replace(".", "")), "");
    add(to, Entity.BR_CPF, "d11", Checksums::cpf, "cpf");
    add(to, Entity.BR_CNPJ, "d2.d3.d3=d4-d2", n -> Checksums.cnpj(n.replace(".", "")), "");
    add(to, Entity.BR_CNPJ, "d14", Checksums::cnpj, "cnpj");
    add(
        to,
        Entity.CN_RESIDENT_ID,
        "d17x1",
        n -> "123456".indexOf(n.charAt(0)) >= 0 && Checksums.chinese(n),
        "");
    add(
        to,
        Entity.ZA_ID_NUMBER,
        "d13",
        n -> Checksums.isDate(n, 2, 4) && "01".indexOf(n.charAt(10)) >= 0 && Checksums.luhn(n),
        "south africa,id number,id no,identity");
  }

  private static void things(List<IdRow> to) {
    add(to, Entity.VEHICLE_IDENTIFICATION_NUMBER, "x17", Checksums::vin, "");
    add(
        to,
        Entity.VEHICLE_IDENTIFICATION_NUMBER,
        "x17",
        n ->
            n.chars().anyMatch(Character::isDigit)
                && n.chars().noneMatch(c -> c == 'I' || c == 'O' || c == 'Q'),
        "vin,vehicle ident,chassis");
    add(
        to,
        Entity.LICENSE_PLATE,
        "x2~4-x2~4",
        n -> n.chars().anyMatch(Character::isDigit),
        "license plate,licence plate,number plate,plate number,registration number,kennzeichen,matrícula,plate:,plate is");
    add(to, Entity.LICENSE_PLATE, "A1~3-A1~2-d1~4", n -> true, "kennzeichen,license plate");
    add(to, Entity.PIN, "d4~6", n -> true, "pin,pin code,pin number,pin:");
    add(
        to,
        Entity.CREDIT_DEBIT_CARD_CVV,
        "d3~4",
        n -> true,
        "cvv,cvc,cvv2,cvc2,cid,security code,card verification");
    add(
        to,
        Entity.CREDIT_DEBIT_CARD_EXPIRY,
        "d2=d2",
        IdRows::isExpiry,
        "exp,expiry,expires,expiration,valid thru,valid until,gültig");
    add(
        to,
        Entity.CREDIT_DEBIT_CARD_EXPIRY,
        "d2=d4",
        IdRows::isExpiry,
        "exp,expiry,expires,expiration,valid thru,valid until,gültig");
    add(to, Entity.SWIFT_CODE, "A6x2", n -> true, "swift,bic");
    add(to, Entity.SWIFT_CODE, "A6x5", n -> true, "swift,bic");
    add(to, Entity.AWS_ACCESS_KEY, "AKIAx16", n -> !n.endsWith("EXAMPLE"), "");
    add(to, Entity.AWS_ACCESS_KEY, "ASIAx16", n -> !n.endsWith("EXAMPLE"), "");
    add(to, Entity.AGE, "d1~3", n -> Integer.parseInt(n) <= 120, "age,aged,alter,edad,âge,años");
  }

  private static boolean isExpiry(String n) {
    int month = (int) Checksums.value(n, 0, 2);
    return month >= 1 && month <= 12 && (n.length() == 4 || n.startsWith("20", 2));
  }
}
