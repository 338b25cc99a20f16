package io.daypass.dist;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.mount.bind.Binder;
import io.daypass.broker.plugin.PluginReport;
import io.daypass.cli.http.Reply;
import io.daypass.cli.output.Format;
import io.daypass.cli.output.Printer;
import io.daypass.cli.output.Table;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.shell.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** {@code daypass plugin check}: says what is wrong with an archive before a broker ever loads it. */
public final class PluginCheck {
    private static final int WRONG = 1;
    private static final String USAGE = """
            Usage: daypass plugin check [-format table|json] ARCHIVE

            Says what is wrong with a plugin's archive before a broker loads it: looks through it, and runs its first
            steps as a broker would. Ends with 0 if a broker would load it, else with 1.
            """;

    private PluginCheck() {}

    /** @param arguments what was typed after {@code daypass plugin} */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.setProperty("daypass.log.level", "off");
        AtomicBoolean over = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (!over.get()) {
                err.println(
                        "error: it ended before there was a verdict: it was interrupted, or the plugin ends the JVM as"
                                + " it is loaded, as a broker's would be");
                Runtime.getRuntime().halt(WRONG);
            }
        }));
        int code = run(List.of(arguments), out, err);
        over.set(true);
        out.flush();
        // Not by returning: a plugin's threads may go on.
        System.exit(code);
    }

    static int run(List<String> words, PrintStream out, PrintStream err) {
        if (words.stream().anyMatch(List.of("-h", "-help", "--help")::contains)) {
            out.print(USAGE);
            return 0;
        }
        try {
            Asked asked = Asked.of(words);
            PluginReport report = report(asked.archive());
            Shell shell = new Shell(
                    System.getenv(),
                    Path.of("."),
                    InputStream.nullInputStream(),
                    out,
                    err,
                    false,
                    false,
                    InstantSource.system());
            Printer printer = new Printer(shell, asked.format(), false, false);
            printer.reply(new Reply(200, json(asked.archive(), report)), same -> printer.table(table(report)));
            if (printer.isTable()) {
                report.problems().forEach(problem -> out.println("problem: " + problem));
                report.remarks().forEach(remark -> out.println("remark: " + remark));
                out.println(report.isRight() ? "A broker would load it." : "A broker would not load it.");
            }
            return report.isRight() ? 0 : WRONG;
        } catch (Failure failure) {
            err.println("error: " + failure.text());
            failure.next().forEach(line -> err.println("  next: " + line));
            return failure.exit().code();
        }
    }

    private static PluginReport report(Path archive) {
        try {
            if (!Files.isRegularFile(archive)) {
                throw Files.isDirectory(archive)
                        ? Failure.usage(archive + " is a folder", "name the jar that the build makes")
                        : Failure.usage("there is no file " + archive, "build it first, or name another one");
            }
            return PluginReport.of(archive, version(), PluginCheck::unfit);
        } catch (IOException unreadable) {
            throw Failure.because(unreadable, Exit.LOCAL, archive + " can't be read: " + unreadable.getMessage());
        }
    }

    private static String unfit(Class<?> type) {
        try {
            // Whether a record can be bound doesn't depend on its use.
            new Binder<>(type.asSubclass(Record.class));
            return "";
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** The version of all of Daypass, the contract among it. */
    private static String version() throws IOException {
        Properties maven = new Properties();
        try (InputStream in =
                PluginReport.class.getResourceAsStream("/META-INF/maven/io.daypass/broker-core/pom.properties")) {
            if (in != null) {
                maven.load(in);
            }
        }
        return maven.getProperty("version", "");
    }

    private static Table table(PluginReport report) {
        Table table = new Table("Key", "Value");
        table.row("plugin", report.id() + " " + report.version());
        table.row("sha256", report.sha256());
        table.row("requires", report.requires().isEmpty() ? "any SPI" : "SPI " + report.requires());
        table.row("spi", report.spi());
        table.row("contract", report.contract().isEmpty() ? "none" : report.contract());
        report.adds().forEach(added -> table.row("adds", added));
        for (Map.Entry<String, List<String>> engine : report.serves().entrySet()) {
            engine.getValue().forEach(path -> table.row("serves", engine.getKey() + "/" + path));
        }
        return table;
    }

    private static ObjectNode json(Path archive, PluginReport report) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode data = body.putObject("data");
        data.put("file", archive.toString());
        data.put("right", report.isRight());
        data.put("id", report.id());
        data.put("version", report.version());
        data.put("sha256", report.sha256());
        data.put("requires", report.requires());
        data.put("spi", report.spi());
        data.put("contract", report.contract());
        report.adds().forEach(data.putArray("adds")::add);
        ObjectNode serves = data.putObject("serves");
        report.serves().forEach((type, paths) -> paths.forEach(serves.putArray(type)::add));
        report.problems().forEach(data.putArray("problems")::add);
        report.remarks().forEach(data.putArray("remarks")::add);
        return body;
    }

    /**
     * What was typed.
     *
     * @param archive to be checked
     * @param format of the answer
     */
    private record Asked(Path archive, Format format) {
        static Asked of(List<String> words) {
            if (words.isEmpty() || !words.get(0).equals("check")) {
                throw Failure.usage("there is no such command", "daypass plugin check ARCHIVE");
            }
            @Nullable Path archive = null;
            Format format = Format.TABLE;
            for (int i = 1; i < words.size(); i++) {
                String word = words.get(i);
                String[] option = word.split("=", 2);
                boolean isFormat = List.of("-o", "-format", "--format").contains(option[0]);
                if (isFormat && option.length == 1 && i + 1 < words.size()) {
                    i++;
                    format = Format.parse(words.get(i), option[0]);
                } else if (isFormat && option.length == 2) {
                    format = Format.parse(option[1], option[0]);
                } else if (word.startsWith("-") || archive != null) {
                    throw Failure.usage("\"" + word + "\" is not expected here", "daypass plugin check ARCHIVE");
                } else {
                    archive = Path.of(word);
                }
            }
            if (archive == null) {
                throw Failure.usage("which archive?", "daypass plugin check target/gateway-1.0.0.jar");
            }
            return new Asked(archive, format);
        }
    }
}
