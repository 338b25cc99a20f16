package io.daypass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script at the root of the tree, with a JDK and a build that say what they were asked for. */
class LauncherIT {
    /** Says what it was called with, writes the archive that is asked for, and refuses a flag as the server does. */
    private static final String FAKE_JAVA = """
            #!/bin/sh
            echo "$@"
            for argument; do
              case $argument in
                -XX:ArchiveClassesAtExit=*) : >"${argument#*=}" ;;
                --no-such-flag) exit 64 ;;
              esac
            done
            """;

    private static final Path SCRIPT = Path.of("..", "daypass").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private Launched shell;

    @BeforeEach
    void start() throws IOException {
        shell = new Launched(folder);
        jdk("jdk", "21.0.1");
        shell.with("DAYPASS_JAVA_HOME", folder.resolve("jdk").toString());
    }

    @Test
    void installed_sendsEachToItsMain() throws Exception {
        // Else a development server makes archives in the background, also when this is over.
        shell.with("DAYPASS_NO_ARCHIVE", "1");
        Path daypass = installed();
        assertTrue(run(daypass, "server", "--dev").out().contains(" io.daypass.broker.Main --dev\n"));
        assertTrue(run(daypass, "demo").out().contains(" io.daypass.dist.Demo\n"));
        Launched.Ended read = run(daypass, "read", "a b", "");
        assertTrue(read.out().contains(" io.daypass.cli.Main read a b \n"), read.out());
        assertTrue(read.out().contains("-cp " + folder.toRealPath().resolve("app/lib/*")), read.out());
        assertTrue(read.out().contains("-Ddaypass.terminals= "), read.out());
    }

    @Test
    void installed_throughLinks_findsItself() throws Exception {
        Path daypass = installed();
        Files.createDirectory(folder.resolve("links"));
        Files.createSymbolicLink(folder.resolve("links/first"), Path.of("../app/bin/daypass"));
        Path second = Files.createSymbolicLink(folder.resolve("second"), folder.resolve("links/first"));
        String launcher = "-Ddaypass.launcher=";
        assertEquals(
                run(daypass, "version").out().replace(launcher + daypass, launcher + second),
                run(second, "version").out(),
                "what others are to call it by is what it was called by");
    }

    @Test
    void installed_runsTheCommandItself() throws Exception {
        shell.with("DAYPASS_JAVA_HOME", System.getProperty("java.home"));
        Path daypass = installed();
        for (String element : System.getProperty("java.class.path").split(":", -1)) {
            Path jar = Path.of(element);
            String name = String.valueOf(jar.getFileName());
            if (name.startsWith("cli-") || name.startsWith("picocli-") || name.startsWith("jackson-")) {
                Files.copy(jar, folder.resolve("app/lib").resolve(name));
            }
        }
        Launched.Ended version = run(daypass, "version");
        assertTrue(version.out().startsWith("daypass "), version.err());
    }

    @Test
    void closedStreams_areNotTakenForAnyOfTheJvms() throws Exception {
        Path daypass = installed();
        script(folder.resolve("jdk/bin/java"), "#!/bin/sh\nls -l /proc/self/fd >&2\necho x && echo written >&2\n");
        Launched.Ended ended = shell.start(
                        List.of("bash", "-c", "\"$0\" version <&- >&-", daypass.toString()), List.of())
                .end();
        assertFalse(ended.err().contains("written"), ended.err());
        assertTrue(ended.err().contains("0 -> /dev/null"), ended.err());
    }

    @Test
    void nativeAccess_isSaidWhereTheJvmWantsIt() throws Exception {
        Path daypass = installed();
        assertFalse(run(daypass, "server").out().contains("--enable-native-access"));
        jdk("jdk", "25");
        assertTrue(run(daypass, "server").out().contains("--enable-native-access=ALL-UNNAMED"));
    }

    @Test
    void argumentsBeyondAscii_reachTheCommandInAnyLocale() throws Exception {
        assumeTrue(
                System.getProperty("sun.jnu.encoding", "").equals("UTF-8"),
                "skipped: this JVM can pass on no such arguments; run the tests in a UTF-8 locale");
        Path daypass = installed();
        Files.writeString(
                folder.resolve("jdk/bin/java"), "#!/bin/sh\necho \"locale ${LC_ALL:-none}\"\n", StandardCharsets.UTF_8);
        shell.with("LC_ALL", "C");
        assertEquals("locale C\n", run(daypass, "read", "a").out());
        assertEquals(
                "locale C.UTF-8\n", run(daypass, "write", "a", "b=\u00e9\u65e5").out());
        shell.with("LC_ALL", "C.UTF-8");
        assertEquals("locale C.UTF-8\n", run(daypass, "write", "a", "b=\u00e9").out());
    }

    @Test
    void javaOpts_comeLast() throws Exception {
        shell.with("DAYPASS_JAVA_OPTS", "-Xmx2g  -Da=b");
        assertTrue(run(installed(), "server").out().contains(" -Xmx2g -Da=b -cp "));
    }

    @Test
    void jdkTooOldOrTooNew_saysHowToGetOne() throws Exception {
        for (String version : List.of("1.8.0_292", "11.0.2", "26-ea")) {
            jdk("jdk", version);
            Launched.Ended ended = run(installed(), "version");
            assertEquals(1, ended.code());
            assertTrue(ended.err().startsWith("error: no JDK of 17 to 25 was found"), ended.err());
            assertTrue(ended.err().contains("apt install openjdk-17-jdk"), ended.err());
        }
    }

    @Test
    void sourceTree_isBuiltOnFirstUseAndWhenASourceIsNewer() throws Exception {
        Path daypass =
                sourceTree("mkdir -p dist/target/daypass/lib; echo '[INFO] Building Daypass: leases 0.1.0  [2/9]'");
        Launched.Ended first = run(daypass, "version");
        assertEquals(0, first.code(), first.err());
        assertTrue(first.err().contains("  [2/9] Daypass: leases\n"), first.err());
        assertTrue(first.err().endsWith("Built.\n"), first.err());
        assertTrue(first.out().contains("io.daypass.cli.Main version"), first.out());
        assertEquals("", run(daypass, "version").err());
        Path source = folder.resolve("tree/leases/src/main/java/A.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2099-01-01T00:00:00Z")));
        assertTrue(run(daypass, "version").err().contains("Building Daypass"));
        shell.with("DAYPASS_NO_BUILD", "1");
        assertEquals("", run(daypass, "version").err());
    }

    @Test
    void sourceTree_thatDoesNotBuild_saysWhy() throws Exception {
        Path daypass = sourceTree("echo '[INFO] fine'; echo '[ERROR] A.java: no semicolon'; exit 1");
        Launched.Ended ended = run(daypass, "version");
        assertEquals(1, ended.code());
        assertTrue(ended.err().contains("error: the build failed:\n[ERROR] A.java: no semicolon\n"), ended.err());
        assertEquals("", ended.out());
        assertEquals(1, run(daypass, "version").code(), "no lock is left behind");
    }

    @Test
    void archives_areMadeOnceAndUsedFromThenOn() throws Exception {
        Path daypass = installed();
        assertFalse(run(daypass, "version").out().contains("-XX:SharedArchiveFile"));
        assertEquals(0, run(daypass, "prepare").code());
        assertEquals(List.of("cli.jsa", "server.jsa"), archives());
        assertTrue(run(daypass, "version").out().contains("-cli.jsa "));
        assertTrue(run(daypass, "server").out().contains("-server.jsa "));
        assertFalse(run(daypass, "demo").out().contains("-XX:SharedArchiveFile"));
        shell.with("DAYPASS_NO_ARCHIVE", "1");
        assertFalse(run(daypass, "version").out().contains("-XX:SharedArchiveFile"));
    }

    @Test
    void archives_ofOtherJars_areLeftAloneAndMadeAnew() throws Exception {
        Path daypass = installed();
        run(daypass, "prepare");
        Files.writeString(folder.resolve("app/lib/another.jar"), "");
        assertFalse(run(daypass, "version").out().contains("-XX:SharedArchiveFile"));
        run(daypass, "prepare");
        assertTrue(run(daypass, "version").out().contains("-XX:SharedArchiveFile"));
        assertEquals(List.of("cli.jsa", "server.jsa"), archives(), "those of the jars before are gone");
    }

    @Test
    void archives_thatCannotBeMade_areDoneWithout() throws Exception {
        Path daypass = installed();
        Files.writeString(folder.resolve("app/archives"), "in the way");
        Launched.Ended prepared = run(daypass, "prepare");
        assertEquals(0, prepared.code());
        assertTrue(prepared.err().contains("starts take longer"), prepared.err());
        Launched.Ended version = run(daypass, "version");
        assertEquals("", version.err());
        assertTrue(version.out().contains("io.daypass.cli.Main version"), version.out());
    }

    @Test
    void archives_thatDoNotWork_areNotKept() throws Exception {
        Path daypass = installed();
        script(folder.resolve("jdk/bin/java"), FAKE_JAVA.replace("exit 64", "kill -SEGV $$"));
        assertTrue(run(daypass, "prepare").err().contains("starts take longer"));
        assertEquals(List.of(), archives());
    }

    @Test
    void sshFresh_withoutFlock_whoeverIsFirstRenews_andTheOthersDoAsThatOneDid() throws Exception {
        Path daypass = installed();
        Path files = Files.createDirectories(folder.resolve(".config/daypass/ssh"));
        shell.with("PATH", withoutFlock().toString());
        Path calls = folder.resolve("calls");
        String call = "#!/bin/sh\necho \"$@\" >> '" + calls + "'\nsleep 1\n";
        script(folder.resolve("jdk/bin/java"), call + "echo 9999999999 1 > '" + files + "/fresh'\n");
        assertEquals(Set.of(0), freshAtOnce(daypass));
        assertEquals(1, Files.readAllLines(calls).size(), "one has renewed it for all");
        assertEquals(0, run(daypass, "ssh", "fresh").code());
        assertEquals(1, Files.readAllLines(calls).size(), "nothing is to be done");

        Files.delete(files.resolve("fresh"));
        script(folder.resolve("jdk/bin/java"), call + "echo 9999999999 > '" + files + "/failed'\nexit 5\n");
        assertEquals(Set.of(1, 5), freshAtOnce(daypass));
        assertEquals(2, Files.readAllLines(calls).size(), "one has failed for all");
    }

    @Test
    void sshFresh_withoutFlock_lockOfOneThatIsDead_isNoneAnyMore() throws Exception {
        Path daypass = installed();
        Files.createDirectories(folder.resolve(".config/daypass/ssh"));
        shell.with("PATH", withoutFlock().toString());
        Process dead = new ProcessBuilder("/bin/true").start();
        dead.waitFor();
        Path lock = Files.createDirectories(folder.resolve(".config/daypass/ssh.locked"));
        Files.writeString(lock.resolve("pid"), dead.pid() + "\n");
        assertTrue(run(daypass, "ssh", "fresh").out().contains("io.daypass.cli.Main ssh fresh"));
    }

    /** Asks often at once, and says what they ended with. */
    private Set<Integer> freshAtOnce(Path daypass) throws Exception {
        List<Launched.Running> asking = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            asking.add(shell.start(List.of(daypass.toString()), List.of("ssh", "fresh")));
        }
        Set<Integer> codes = new HashSet<>();
        for (Launched.Running one : asking) {
            codes.add(one.end().code());
        }
        return codes;
    }

    /** A folder of all programs that the script runs, without the one. */
    private Path withoutFlock() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        List<String> names = List.of(
                "bash",
                "cat",
                "cksum",
                "date",
                "dirname",
                "find",
                "grep",
                "head",
                "ls",
                "mkdir",
                "mktemp",
                "mv",
                "readlink",
                "renice",
                "rm",
                "sed",
                "sleep",
                "tail",
                "touch");
        for (String name : names) {
            for (String place : List.of("/usr/bin", "/bin")) {
                Path program = Path.of(place, name);
                if (Files.isExecutable(program) && !Files.exists(bin.resolve(name))) {
                    script(bin.resolve(name), "#!/bin/sh\nexec " + program + " \"$@\"\n");
                }
            }
        }
        return bin;
    }

    /** The last parts of their names. */
    private List<String> archives() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("app/archives"))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .map(name -> name.substring(name.lastIndexOf('-') + 1))
                    .sorted()
                    .toList();
        }
    }

    private Launched.Ended run(Path script, String... arguments) throws Exception {
        return shell.start(List.of(script.toString()), List.of(arguments)).end();
    }

    private Path installed() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("app/bin"));
        Files.createDirectories(folder.resolve("app/lib"));
        return script(bin.resolve("daypass"), Files.readString(SCRIPT));
    }

    private Path sourceTree(String build) throws IOException {
        Path tree = folder.resolve("tree");
        Path source =
                Files.createDirectories(tree.resolve("leases/src/main/java")).resolve("A.java");
        Files.writeString(source, "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        Files.setLastModifiedTime(
                Files.writeString(tree.resolve("pom.xml"), ""), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        script(tree.resolve("mvnw"), "#!/bin/sh\n" + build + "\n");
        return script(tree.resolve("daypass"), Files.readString(SCRIPT));
    }

    /** A JDK that says what it was asked for. */
    private void jdk(String name, String version) throws IOException {
        Path bin = Files.createDirectories(folder.resolve(name).resolve("bin"));
        script(bin.resolve("java"), FAKE_JAVA);
        script(bin.resolve("javac"), "#!/bin/sh\n");
        Files.writeString(
                folder.resolve(name).resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    }

    private static Path script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        assertTrue(file.toFile().setExecutable(true));
        return file;
    }
}
