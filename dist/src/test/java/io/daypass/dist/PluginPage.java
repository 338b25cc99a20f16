package io.daypass.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The page that has its reader write a plugin, as what is to be done, in order. */
final class PluginPage {
    private static final String FENCE = "```";
    private static final String FILE = "<!-- file: ";
    private static final String INTO = "<!-- into: ";
    private static final String BEFORE = ", before: ";
    private static final String INSTEAD = ", instead of: ";
    private static final String PROMPT = "$ ";

    private final List<Step> steps = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final Map<String, String> files = new LinkedHashMap<>();

    private PluginPage() {}

    /** Something to be done. */
    interface Step {}

    /** A file is written, whole, as it is from now on. */
    record Write(String file, String text) implements Step {}

    /** A command is typed, and prints something. */
    record Type(String command, List<String> shown) implements Step {}

    /**
     * A block of the page.
     *
     * @param note the comment before it
     * @param language what it is written in
     */
    record Block(String note, String language, String text) {}

    static PluginPage of(Path file) throws IOException {
        PluginPage page = new PluginPage();
        List<String> lines = Files.readAllLines(file);
        String note = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("<!-- ")) {
                note = line.replace(" -->", "");
            } else if (line.startsWith(FENCE)) {
                int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf(FENCE);
                String text = String.join("\n", lines.subList(i + 1, end)) + "\n";
                page.add(new Block(note, line.substring(FENCE.length()), text));
                note = "";
                i = end;
            }
        }
        return page;
    }

    List<Step> steps() {
        return steps;
    }

    /** All blocks, also those that are no steps. */
    List<Block> blocks() {
        return blocks;
    }

    private void add(Block block) {
        blocks.add(block);
        if (block.note().startsWith(FILE)) {
            write(block.note().substring(FILE.length()), block.text());
        } else if (block.note().startsWith(INTO)) {
            change(block.note().substring(INTO.length()), block.text());
        } else if (block.language().equals("console")) {
            type(block.text().lines().toList());
        }
    }

    private void write(String file, String text) {
        files.put(file, text);
        steps.add(new Write(file, text));
    }

    /** Puts a text before the first line that begins so, or in the place of the statement that begins there. */
    private void change(String where, String text) {
        boolean instead = where.contains(INSTEAD);
        String[] parts = where.split(instead ? INSTEAD : BEFORE, 2);
        List<String> lines =
                new ArrayList<>(files.getOrDefault(parts[0], "").lines().toList());
        int at = 0;
        while (!lines.get(at).strip().startsWith(parts[1])) {
            at++;
        }
        boolean removing = instead;
        while (removing) {
            removing = !lines.remove(at).endsWith(";");
        }
        lines.addAll(at, text.lines().toList());
        write(parts[0], String.join("\n", lines) + "\n");
    }

    private void type(List<String> block) {
        for (String line : block) {
            if (line.startsWith(PROMPT)) {
                steps.add(new Type(line.substring(PROMPT.length()), new ArrayList<>()));
            } else if (steps.get(steps.size() - 1) instanceof Type last) {
                last.shown().add(line);
            }
        }
    }
}
