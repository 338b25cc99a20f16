package io.daypass.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of the documentation as what is to be typed and what is to be seen.
 *
 * @param steps the commands of its {@code console} blocks, in order
 * @param files what it has its reader put into files
 * @param scripts its other {@code sql} blocks, in order
 */
record Tutorial(List<Step> steps, List<NamedText> files, List<String> scripts) {
    private static final String FENCE = "```";
    private static final String NAMED = "<!-- file: ";
    private static final String PROMPT = "$ ";

    /** A command, and the lines that the page shows below it. */
    record Step(String command, List<String> shown) {}

    /** A file of the reader's. */
    record NamedText(String name, String text) {}

    /** Reads a page. */
    static Tutorial of(Path page) throws IOException {
        Tutorial tutorial = new Tutorial(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        List<String> lines = Files.readAllLines(page);
        String name = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith(NAMED)) {
                name = line.substring(NAMED.length()).replace("-->", "").strip();
            } else if (line.startsWith(FENCE)) {
                int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf(FENCE);
                tutorial.add(line.substring(FENCE.length()), name, lines.subList(i + 1, end));
                name = "";
                i = end;
            }
        }
        return tutorial;
    }

    private void add(String language, String name, List<String> block) {
        String text = String.join("\n", block) + "\n";
        if (!name.isEmpty()) {
            files.add(new NamedText(name, text));
        } else if (language.equals("sql")) {
            scripts.add(text);
        } else if (language.equals("console")) {
            addSteps(block);
        }
    }

    private void addSteps(List<String> block) {
        for (String line : block) {
            if (line.startsWith(PROMPT)) {
                steps.add(new Step(line.substring(PROMPT.length()), new ArrayList<>()));
            } else {
                steps.get(steps.size() - 1).shown().add(line);
            }
        }
    }
}
