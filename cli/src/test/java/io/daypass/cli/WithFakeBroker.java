package io.daypass.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A broker for a test, and the command that is told to speak to it. */
abstract class WithFakeBroker {
    @TempDir
    protected Path folder;

    protected FakeBroker broker;
    protected Launched daypass;

    @BeforeEach
    void startBroker() throws IOException {
        broker = new FakeBroker();
        daypass = new Launched(folder).with("DAYPASS_ADDR", broker.url()).with("DAYPASS_TOKEN", "s.token");
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }
}
