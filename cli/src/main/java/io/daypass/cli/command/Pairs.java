package io.daypass.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.cli.http.Json;
import io.daypass.cli.shell.Display;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.shell.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Arguments of the form {@code name=value}. A value {@code @file} is the file's text, {@code -} is what stdin holds,
 * without the line feed that ends it (the one that {@code pass show} and its like add); a backslash in front keeps either as it is. Values stay texts; a name given twice is a list. A lone {@code -} reads a
 * whole JSON object from stdin, {@code @file} one from a file.
 */
public final class Pairs {
    private static final int LARGEST = 32 << 20;

    private Pairs() {}

    /** The object that the arguments make up. */
    public static ObjectNode object(List<String> arguments, Shell shell) {
        ObjectNode object = Json.object();
        boolean stdinRead = false;
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            boolean whole = argument.equals("-") || (argument.startsWith("@") && equals < 0);
            if (!whole && equals <= 0) {
                throw Failure.usage(
                        "\"" + Display.line(argument) + "\" is no name=value",
                        "write name=value, name=@file, name=- or, for JSON on stdin, -");
            }
            boolean stdin = whole
                    ? argument.equals("-")
                    : argument.substring(equals + 1).equals("-");
            if (stdin && stdinRead) {
                throw Failure.usage("stdin can be read once, and two arguments want it");
            }
            stdinRead |= stdin;
            if (whole) {
                whole(object, argument, shell);
            } else {
                add(object, argument.substring(0, equals), value(argument, equals, shell));
            }
        }
        return object;
    }

    /** Names and values as they are, for a query. */
    public static Map<String, String> query(List<String> arguments, Shell shell) {
        Map<String, String> query = new LinkedHashMap<>();
        object(arguments, shell)
                .properties()
                .forEach(member -> query.put(member.getKey(), member.getValue().asText()));
        return query;
    }

    /** The text of a file, or of stdin for {@code -}. */
    public static String text(String source, Shell shell) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(source, shell)))
                    .toString();
        } catch (CharacterCodingException binary) {
            throw Failure.of(
                    Exit.LOCAL, Display.line(source) + " is no UTF-8 text", "encode it, for example with base64");
        }
    }

    private static byte[] bytes(String source, Shell shell) {
        try (InputStream in = source.equals("-") ? shell.in() : Files.newInputStream(Path.of(source))) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw Failure.of(
                        Exit.LOCAL,
                        Display.line(source) + " is longer than 32 MiB: more than a broker takes",
                        "send less");
            }
            return bytes;
        } catch (IOException | InvalidPathException unreadable) {
            throw Failure.because(
                    unreadable, Exit.LOCAL, "can't read " + Display.line(source) + ": " + why(unreadable));
        }
    }

    private static String why(Exception unreadable) {
        if (unreadable instanceof NoSuchFileException) {
            return "there is no such file";
        }
        return unreadable instanceof AccessDeniedException ? "it may not be read" : "it is no file that can be read";
    }

    private static void whole(ObjectNode into, String argument, Shell shell) {
        String source = argument.equals("-") ? "-" : argument.substring(1);
        JsonNode read;
        try {
            read = Json.read(bytes(source, shell));
        } catch (IOException noJson) {
            read = Json.object().nullNode();
        }
        if (!(read instanceof ObjectNode object)) {
            throw Failure.usage((source.equals("-") ? "stdin" : Display.line(source)) + " holds no JSON object");
        }
        into.setAll(object);
    }

    private static String value(String argument, int equals, Shell shell) {
        String value = argument.substring(equals + 1);
        if (value.equals("-")) {
            return withoutLastBreak(text("-", shell));
        }
        if (value.startsWith("@")) {
            return text(value.substring(1), shell);
        }
        return value.startsWith("\\@") || value.equals("\\-") ? value.substring(1) : value;
    }

    private static String withoutLastBreak(String text) {
        if (!text.endsWith("\n")) {
            return text;
        }
        return text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1));
    }

    private static void add(ObjectNode object, String name, String value) {
        JsonNode known = object.get(name);
        if (known == null) {
            object.put(name, value);
        } else if (known instanceof ArrayNode list) {
            list.add(value);
        } else {
            object.putArray(name).add(known).add(value);
        }
    }
}
