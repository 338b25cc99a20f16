package io.daypass.dist;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An assembled Daypass: the directory with {@code bin}, {@code lib} and {@code plugins} in it.
 *
 * @param home that directory
 */
public record Installation(Path home) {
    private static final int FIRST_WITH_NATIVE_ACCESS = 22;

    /** The one that this class was started from, as the launcher says, or as the place of its own jar does. */
    public static Installation own() {
        String said = System.getProperty("daypass.home", "");
        Path home = said.isEmpty() ? besideOwnJar() : Path.of(said);
        if (!Files.isDirectory(home.resolve("lib"))) {
            throw new IllegalStateException(
                    home + " has no lib; build it with ./mvnw -Pquick -Dquick package, or start ./daypass demo");
        }
        return new Installation(home.toAbsolutePath());
    }

    /**
     * What starts a broker of it, on the JDK that runs this.
     *
     * @param jvmFlags for that broker alone
     * @param arguments of {@code daypass server}
     */
    public List<String> server(List<String> jvmFlags, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                // Its file would be left in the system's temporary folder when the broker is killed.
                "-XX:-UsePerfData",
                "-Xmx384m",
                "-Dfile.encoding=UTF-8",
                "-Ddaypass.home=" + home));
        if (Runtime.version().feature() >= FIRST_WITH_NATIVE_ACCESS) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(jvmFlags);
        command.addAll(List.of("-cp", home.resolve("lib") + "/*", "io.daypass.broker.Main", "server"));
        command.addAll(arguments);
        return command;
    }

    private static Path besideOwnJar() {
        try {
            Path jar = Path.of(Installation.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path folder = jar.getParent();
            return folder == null || folder.getParent() == null ? jar : folder.getParent();
        } catch (URISyntaxException notAFile) {
            throw new IllegalStateException("where this runs from is unknown; set -Ddaypass.home", notAFile);
        }
    }
}
