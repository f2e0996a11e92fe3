package dev.newel.filter.protocol;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * JSON in UTF-8 and nothing else (RFC 8259, 8.1). Parsers guess other encodings from zero bytes and
 * byte order marks, and differ in what they make of ill-formed bytes; where filter and model could
 * read different texts, nothing passes.
 */
final class Utf8 {
  private static final byte BYTE_ORDER_MARK = (byte) 0xef;

  private Utf8() {}

  static void require(byte[] json) throws Document.MalformedException {
    if (json.length > 0 && json[0] == BYTE_ORDER_MARK) {
      throw new Document.MalformedException("the body begins with a byte order mark");
    }
    for (byte b : json) {
      if (b == 0) {
        throw new Document.MalformedException("the body is not in UTF-8");
      }
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    var in = ByteBuffer.wrap(json);
    var out = CharBuffer.allocate(8192);
    CoderResult result;
    do {
      out.clear();
      result = decoder.decode(in, out, true);
    } while (result.isOverflow());
    if (result.isError()) {
      throw new Document.MalformedException("the body is not in UTF-8");
    }
  }
}
