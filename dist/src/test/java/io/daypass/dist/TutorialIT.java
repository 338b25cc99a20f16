package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.daypass.embedded.PostgresServer;
import io.daypass.embedded.PostgresVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial does what it says: every command is run, and prints what stands below it. */
@ExtendWith(World.Extension.class)
class TutorialIT {
    private static final Path PAGE = Path.of("..", "docs", "tutorial-first-lease.md");
    private static final String SERVER = "./daypass server --dev";
    private static final String MARK = "##### ";

    @Test
    void everyCommand_printsWhatStandsBelowIt(World world, @TempDir Path folder) throws Exception {
        Tutorial tutorial = Tutorial.of(PAGE);
        PostgresServer postgres = world.postgres(PostgresVersion.V18);
        prepare(tutorial, folder, postgres);
        URI address = URI.create("http://127.0.0.1:" + BrokerProcess.freePort());
        List<String> arguments = List.of("--dev", "--dev-listen-address=" + address.getAuthority());
        Installation installation = Assembly.installation();
        try (BrokerProcess server =
                new BrokerProcess(installation, folder.resolve("server"), Api.at(address), arguments).start()) {
            List<Tutorial.Step> typed = typed(tutorial);
            List<String> printed = run(script(typed, installation, postgres), folder);

            assertFalse(typed.isEmpty(), "the tutorial has no commands");
            for (int i = 0; i < typed.size(); i++) {
                Tutorial.Step step = typed.get(i);
                assertEquals(
                        shape(String.join("\n", step.shown())),
                        shape(printed.get(i)),
                        step.command() + "\nprinted\n" + printed.get(i));
            }
            assertEquals(shape(banner(tutorial)), shape(server.log()), "what the server prints");
        }
        cleanUp(tutorial, postgres);
    }

    /** The first script makes the database, the second fills it. */
    private static void prepare(Tutorial tutorial, Path folder, PostgresServer postgres)
            throws IOException, SQLException {
        postgres.run(PostgresServer.SUPERUSER, tutorial.scripts().get(0));
        postgres.run("shop", tutorial.scripts().get(1));
        for (Tutorial.NamedText file : tutorial.files()) {
            Files.writeString(folder.resolve(file.name()), file.text());
        }
    }

    /** The last script takes away what the reader made, one statement after the other. */
    private static void cleanUp(Tutorial tutorial, PostgresServer postgres) throws SQLException {
        String last = tutorial.scripts().get(tutorial.scripts().size() - 1);
        postgres.run(PostgresServer.SUPERUSER, last.strip().split(";\\s*\n"));
    }

    /** All but the server's own; without psql's where there is none. */
    private static List<Tutorial.Step> typed(Tutorial tutorial) {
        boolean psql = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "psql")));
        return tutorial.steps().stream()
                .filter(step -> !step.command().startsWith(SERVER))
                .filter(step -> psql || !step.command().contains("psql "))
                .toList();
    }

    private static String script(List<Tutorial.Step> steps, Installation installation, PostgresServer postgres) {
        StringBuilder script = new StringBuilder("exec 2>&1 </dev/null\n");
        for (Tutorial.Step step : steps) {
            String command = step.command()
                    .replace(
                            "./daypass",
                            installation
                                    .home()
                                    .resolve("bin")
                                    .resolve("daypass")
                                    .toString())
                    .replace(":5432/", ":" + postgres.port() + "/");
            script.append("echo '").append(MARK).append("'\n").append(command).append('\n');
        }
        return script.toString();
    }

    /** What each of the commands printed. */
    private static List<String> run(String script, Path folder) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.matches("(DAYPASS|BAO|VAULT)_.*|PG.*|JAVA_TOOL_OPTIONS"));
        environment.put("DAYPASS_JAVA_HOME", System.getProperty("java.home"));
        environment.put(
                "XDG_CONFIG_HOME", folder.resolve("server").resolve("tmp").toString());
        builder.start().waitFor();
        List<String> parts = new ArrayList<>(List.of(Files.readString(output).split(MARK + "\n", -1)));
        return parts.subList(1, parts.size());
    }

    private static String banner(Tutorial tutorial) {
        return tutorial.steps().stream()
                .filter(step -> step.command().startsWith(SERVER))
                .map(step -> String.join("\n", step.shown()))
                .collect(Collectors.joining());
    }

    /** A text without what differs from one run to the next: times, numbers, ids, names, and the width of columns. */
    private static String shape(String text) {
        return text.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                .replaceAll("\\b(d[.-]|database_|AAAA)[A-Za-z0-9_-]{12,}", "NAME")
                .replaceAll("(?m)^(password +)\\w{32}$", "$1PASSWORD")
                .replaceAll("\\b(\\d+h)?(\\d+m)?\\d+s\\b", "SPAN")
                .replaceAll("\\d+", "N")
                .replaceAll("-{3,}(\\+-{3,})?", "--")
                .replaceAll("[ \t]+", " ")
                .replaceAll("(?m) $|^ ", "")
                .strip();
    }
}
