package io.daypass.cli.ssh.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.cli.shell.Failure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnitsTest {
    private static final HostPaths PATHS = new HostPaths(
            Path.of("/etc/ssh/sshd_config"), Path.of("/etc/ssh/day pass"), Path.of("/etc/systemd/system"));

    private static String text(PlannedFile file) {
        return new String(file.content(), StandardCharsets.UTF_8);
    }

    @Test
    void command_isQuotedAsSystemdReadsIt() {
        List<PlannedFile> files = new Units(PATHS).sync(List.of("/bin/x", "a b", "50%", "$HOME", "\"\\", "plain"));
        String service = text(files.get(0));
        assertTrue(service.contains("ExecStart=/bin/x \"a b\" \"50%%\" \"$$HOME\" \"\\\"\\\\\" plain\n"), service);
        assertTrue(service.contains("EnvironmentFile=/etc/ssh/day pass/broker.env\n"), service);
        assertTrue(service.contains("ReadWritePaths=\"/etc/ssh/day pass\"\n"), service);
    }

    @Test
    void command_withALineFeed_isRefused() {
        Units units = new Units(PATHS);
        assertThrows(Failure.class, () -> units.renew(List.of("/bin/x", "a\nExecStart=/bin/y")));
    }

    @Test
    void token_isForTheRenewalAlone() {
        Units units = new Units(PATHS);
        assertEquals(-1, text(units.sync(List.of("x")).get(0)).indexOf("host_token"));
        assertTrue(text(units.renew(List.of("x")).get(0)).contains("host_token.env\n"));
    }

    @Test
    void paths_thatWouldBeReadOtherwise_areRefused() {
        for (String path : List.of("relative", "/a\"b", "/a%b", "/a$b", "/a\nb", "/a'b", "/a*b", "/a#b")) {
            assertThrows(Failure.class, () -> new HostPaths(Path.of("/c"), Path.of(path), Path.of("/s")), path);
        }
    }
}
