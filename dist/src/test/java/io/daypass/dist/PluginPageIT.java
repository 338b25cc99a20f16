package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page on writing a plugin leads where it says: all of it is typed into an empty folder, built by Maven, loaded by a
 * broker, and changed while that runs.
 */
class PluginPageIT {
    private static final Path PAGE = Path.of("..", "docs", "write-a-plugin.md");
    private static final String MARK = "##### ";
    private static final String RELOADED = "is reloaded";
    private static final int MINUTES = 8;

    private final int port = BrokerProcess.freePort();
    private final int gateway = BrokerProcess.freePort();

    @TempDir
    static Path folder;

    @BeforeAll
    static void layOut() throws IOException {
        SshPrograms.find("curl");
        ReactorRepository.layOut(folder.resolve("repository"));
    }

    @Test
    void allThatIsTyped_leadsToALease_thatIsTakenAwayAgain() throws Exception {
        PluginPage page = PluginPage.of(PAGE);
        List<PluginPage.Step> steps = page.steps();
        List<String> printed = run(script(steps));

        List<PluginPage.Type> typed = steps.stream()
                .filter(PluginPage.Type.class::isInstance)
                .map(PluginPage.Type.class::cast)
                .toList();
        assertFalse(typed.isEmpty(), "the page has no commands");
        assertEquals(typed.size(), printed.size(), () -> "commands that were run\n" + String.join("\n", printed));
        for (int i = 0; i < typed.size(); i++) {
            assertPrinted(typed.get(i), printed.get(i));
        }
        assertSaysThatItIsReloaded(page);
    }

    private static void assertPrinted(PluginPage.Type typed, String printed) {
        String[] parts = printed.split("\n", 2);
        assertEquals("0", parts[0], () -> typed.command() + " ends with another status than 0 and prints\n" + printed);
        if (!typed.command().startsWith("mvn ")) {
            assertEquals(shape(String.join("\n", typed.shown())), shape(parts[1]), typed.command());
        }
    }

    private static void assertSaysThatItIsReloaded(PluginPage page) throws IOException {
        String shown = page.blocks().stream()
                .map(PluginPage.Block::text)
                .filter(text -> text.contains(RELOADED))
                .findFirst()
                .orElseThrow();
        String log = Files.readString(folder.resolve("server.log"));
        assertTrue(shape(log).contains(shape(shown)), log);
    }

    /** Writing a file is a copy of what lies beside; what the reader has in other shells goes on in the background. */
    private String script(List<PluginPage.Step> steps) throws IOException {
        StringBuilder script = new StringBuilder("exec 2>&1 </dev/null\ntrap 'kill $(jobs -p)' EXIT\n");
        Path staged = Files.createDirectory(folder.resolve("staged"));
        int count = 0;
        for (PluginPage.Step step : steps) {
            if (step instanceof PluginPage.Write write) {
                Path text = Files.writeString(staged.resolve("file" + count++), write.text());
                script.append("cp ")
                        .append(text)
                        .append(' ')
                        .append(write.file())
                        .append('\n');
            } else if (step instanceof PluginPage.Type type) {
                script.append("echo '").append(MARK).append("'\n");
                script.append("{ ")
                        .append(command(type.command()))
                        .append("\n} >../printed 2>&1; echo $?; cat ../printed\n");
            }
        }
        return script.toString();
    }

    private String command(String typed) {
        if (typed.startsWith("export PATH=")) {
            return "true";
        }
        if (typed.startsWith("java ")) {
            return typed.replace("9000", String.valueOf(gateway)) + " >../gateway.log 2>&1 &\n"
                    + until("(exec 3<>/dev/tcp/127.0.0.1/" + gateway + ") 2>../refused");
        }
        if (typed.startsWith("daypass server ")) {
            return typed + " --dev-listen-address=127.0.0.1:" + port + " >../server.log 2>&1 &\n"
                    + until("[ -e ../configuration/daypass/contexts/dev.json ]");
        }
        if (typed.equals("mvn -q compile")) {
            return typed + " && " + until("grep -q '" + RELOADED + "' ../server.log");
        }
        return typed.replace("9000", String.valueOf(gateway))
                .replace("mkdir -p gateway", "mkdir -p ../gateway")
                .replace("&& cd gateway", "&& cd ../gateway");
    }

    /** Waits until a shell's command succeeds; for a minute. */
    private static String until(String command) {
        return "timeout 60 bash -c 'until " + command.replace("'", "'\\''") + "; do sleep 0.1; done'";
    }

    private List<String> run(String script) throws IOException, InterruptedException {
        Path work = Files.createDirectory(folder.resolve("start"));
        Path output = folder.resolve("output");
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path maven = Files.writeString(
                bin.resolve("mvn"),
                "#!/bin/sh\nexec '" + Path.of("..", "mvnw").toAbsolutePath().normalize()
                        + "' -B -o -Dmaven.repo.local='" + folder.resolve("repository") + "' \"$@\"\n");
        assertTrue(maven.toFile().setExecutable(true));
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.matches("(DAYPASS|BAO|VAULT)_.*|MAVEN_.*|JAVA_TOOL_OPTIONS"));
        String java = System.getProperty("java.home");
        environment.put("JAVA_HOME", java);
        environment.put("DAYPASS_JAVA_HOME", java);
        environment.put("DAYPASS_NO_ARCHIVE", "1");
        environment.put("XDG_CONFIG_HOME", folder.resolve("configuration").toString());
        environment.put(
                "PATH",
                String.join(
                        ":",
                        bin.toString(),
                        Assembly.installation().home().resolve("bin").toString(),
                        java + "/bin",
                        System.getenv("PATH")));
        Process process = builder.start();
        assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), () -> "not done in " + MINUTES + " minutes");
        List<String> parts = new ArrayList<>(List.of(Files.readString(output).split(MARK + "\n", -1)));
        return parts.subList(1, parts.size());
    }

    /** A text without what differs from one run to the next. */
    private static String shape(String text) {
        return text.replaceAll("\\b[0-9a-f]{64}\\b", "HASH")
                .replaceAll("\\b(d-|AAAA)[A-Za-z0-9_-]{12,}", "NAME")
                .replaceAll("(?m)^(key +)\\w{32}$", "$1KEY")
                .replaceAll("\\b(\\d+m)?\\d+s\\b", "SPAN")
                .replaceAll("[ \t]+", " ")
                .replaceAll("(?m) $|^ ", "")
                .strip();
    }
}
