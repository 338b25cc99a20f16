package io.daypass.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page on the contract shows is compiled here, and the tests that it names are those that there are. */
final class PluginContractPageIT {
    private static final Path PAGE = Path.of("../../docs/plugin-contract.md");
    private static final Path SHOWN = Path.of("src/test/java/io/daypass/testkit/KeyContract.java");
    private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern TEST = Pattern.compile("`([a-z]\\w*_\\w+)`");

    @Test
    void blocks_areCompiled() throws IOException {
        List<String> blocks = BLOCK.matcher(Files.readString(PAGE))
                .results()
                .map(each -> words(each.group(1)))
                .toList();
        assertEquals(1, blocks.size());
        String source = words(Files.readString(SHOWN));
        blocks.forEach(each -> assertTrue(source.contains(each), each));
    }

    private static String words(String text) {
        return text.replaceAll("\\s+", " ").trim();
    }

    @Test
    void tests_areThoseThatThereAre() throws IOException {
        Set<String> named = TEST.matcher(Files.readString(PAGE))
                .results()
                .map(MatchResult::group)
                .map(each -> each.replace("`", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(tests(), named);
    }

    private static Set<String> tests() {
        return Stream.of(EngineContract.class, EngineSecrets.class, EngineDue.class)
                .flatMap(each -> Arrays.stream(each.getDeclaredMethods()))
                .filter(each -> each.isAnnotationPresent(Test.class))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
