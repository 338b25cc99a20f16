package io.daypass.cli.ssh.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.daypass.cli.shell.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where lines are added to sshd's configuration. */
class SshdConfigIT {
    private static final List<String> LINES = List.of("RevokedKeys \"/a\"", "TrustedUserCAKeys \"/b\"");

    @TempDir
    private Path folder;

    private Path config;
    private Path dropIn;

    @BeforeEach
    void make() throws IOException {
        config = folder.resolve("sshd_config");
        dropIn = Files.createDirectory(folder.resolve("conf.d")).resolve("10-daypass.conf");
    }

    private SshdConfig of(String text) throws IOException {
        return SshdConfig.read(Files.writeString(config, text.replace("DIR", folder.toString())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Include DIR/conf.d/*.conf\n",
                "Port 22\n\tinclude DIR/conf.d/*.conf\r\nMatch all\n",
                "INCLUDE=DIR/conf.d/*\n",
                "Include /nowhere/*.conf \"DIR/conf.d/*.conf\"",
                "Include DIR/*/x.conf DIR/conf.d/1?-*.conf\n",
            })
    void include_thatTakesTheFileIn_isUsed(String text) throws IOException {
        assertEquals(dropIn, of(text).changed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# Include DIR/conf.d/*.conf\n",
                "Match User x\nInclude DIR/conf.d/*.conf\n",
                "Include DIR/conf.d/*.cfg\n",
                "Include DIR/absent/*.conf\n",
                "Include DIR/conf.d/one.conf\n",
                "Include",
            })
    void include_thatDoesNot_isNone(String text) throws IOException {
        assertEquals(config, of(text).changed());
    }

    @Test
    void block_isReplaced_movedToTheFolder_andTakenAway() throws IOException {
        String text = "Port 22\nMatch all\n  X11Forwarding no";
        apply(text, List.of("RevokedKeys \"/former\""));
        apply(Files.readString(config), LINES);
        String with = Files.readString(config);
        assertFalse(with.contains("former"), with);
        assertEquals(with.length() - text.length(), with.indexOf(text));

        String include = "Include " + folder + "/conf.d/*.conf\n";
        apply(with.replace("Port 22\n", "Port 22\n" + include), LINES);
        assertEquals(text.replace("Port 22\n", "Port 22\n" + include), Files.readString(config));
        assertEquals(3, Files.readAllLines(dropIn).size());

        Changes changes = new Changes();
        SshdConfig.read(config).remove(changes);
        assertFalse(Files.exists(dropIn));
        changes.takeBack();
        assertEquals(3, Files.readAllLines(dropIn).size());
    }

    private void apply(String text, List<String> lines) throws IOException {
        of(text).add(lines, new Changes());
    }

    @Test
    void fileOfThatName_thatIsSomebodyElses_isNotTakenAway() throws IOException {
        Files.writeString(dropIn, "RevokedKeys /own\n");
        Changes changes = new Changes();
        of("Include DIR/conf.d/*.conf\n").remove(changes);
        assertEquals("RevokedKeys /own\n", Files.readString(dropIn));
        assertEquals(List.of(), changes.changed());
    }

    @Test
    void read_absent_saysWhatToDo() {
        Failure failure = assertThrows(Failure.class, () -> SshdConfig.read(folder.resolve("absent")));
        assertEquals(2, failure.next().size());
    }
}
