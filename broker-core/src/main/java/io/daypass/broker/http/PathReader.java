package io.daypass.broker.http;

import io.daypass.broker.api.ApiException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a raw path into segments: at {@code /}, empty ones dropped, each decoded once (RFC 3986, section 2.1). What
 * then could mean another path to anybody is refused, so that policy and routing see one and the same list.
 */
final class PathReader {
    private static final int LONGEST = 4_096;

    private PathReader() {}

    /**
     * @param raw as it was sent, without the query
     * @return the segments
     */
    static List<String> segments(String raw) {
        if (raw.length() > LONGEST) {
            throw ApiException.badRequest("the path is longer than " + LONGEST + " characters");
        }
        List<String> segments = new ArrayList<>();
        for (String part : raw.split("/", -1)) {
            if (!part.isEmpty()) {
                segments.add(checked(decoded(part)));
            }
        }
        return segments;
    }

    private static String checked(String segment) {
        if (segment.equals(".") || segment.equals("..")) {
            throw ApiException.badRequest("the path has a segment that is \".\" or \"..\"; write the path out");
        }
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c == '/' || c == '\\' || c == '%' || Character.isISOControl(c)) {
                throw ApiException.badRequest(
                        "a segment of the path holds a slash, a backslash, a percent sign or a control character");
            }
        }
        return segment;
    }

    private static String decoded(String part) {
        if (part.indexOf('%') < 0) {
            return part;
        }
        byte[] bytes = new byte[part.length() * 3];
        int length = 0;
        for (int i = 0; i < part.length(); ) {
            char c = part.charAt(i);
            if (c == '%') {
                bytes[length++] = (byte) hex(part, i + 1);
                i += 3;
            } else {
                int point = part.codePointAt(i);
                byte[] utf8 = Character.toString(point).getBytes(StandardCharsets.UTF_8);
                System.arraycopy(utf8, 0, bytes, length, utf8.length);
                length += utf8.length;
                i += Character.charCount(point);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw ApiException.badRequest("the path holds escapes that are no UTF-8");
        }
    }

    private static int hex(String text, int at) {
        if (at + 2 <= text.length()) {
            int high = Character.digit(text.charAt(at), 16);
            int low = Character.digit(text.charAt(at + 1), 16);
            if (high >= 0 && low >= 0) {
                return high << 4 | low;
            }
        }
        throw ApiException.badRequest("the path has a percent sign without two hexadecimal digits after it");
    }
}
