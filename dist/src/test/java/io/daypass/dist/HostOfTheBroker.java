package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tests of hosts that are set up for one broker's certificates: a fresh host each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HostOfTheBroker {
    @TempDir
    static Path directory = Path.of("/");

    private static int hosts;

    /** The broker that the hosts trust. */
    RunningBroker broker;

    /** The host of this test. */
    SshHost host;

    /** The file with its token. */
    Path bearer;

    @BeforeAll
    void start() throws Exception {
        SshPrograms.find("sshd");
        broker = RunningBroker.start(directory.resolve("broker"), config -> config);
        SshHost.prepare(broker);
        bearer = Files.writeString(directory.resolve("host.token"), SshHost.bearer(broker) + "\n");
    }

    @AfterAll
    void end() throws Exception {
        if (broker != null) {
            broker.close();
        }
    }

    @BeforeEach
    void host() throws Exception {
        host = SshHost.start(directory.resolve("host" + ++hosts), broker);
    }

    @AfterEach
    void stop() {
        host.close();
    }

    static void assertCode(int expected, Terminal.Said said) {
        assertEquals(expected, said.code(), said.toString());
    }
}
