package io.daypass.broker;

import io.daypass.broker.audit.AuditException;
import io.daypass.broker.run.Entropy;
import io.daypass.broker.seal.SealException;
import io.daypass.config.ConfigException;
import io.daypass.config.ConfigReader;
import io.daypass.config.LogSettings;
import io.daypass.config.ServerConfig;
import io.daypass.lease.StoreException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** {@code daypass server}: reads what it was called with, makes the sources of time and chance, and runs a server. */
public final class Main {
    private static final int WRONG_USE = 64;
    private static final int FAILED = 1;

    private Main() {}

    /** @param args what follows {@code daypass server} */
    public static void main(String[] args) {
        ServerArguments arguments;
        try {
            arguments = ServerArguments.of(List.of(args));
        } catch (IllegalArgumentException wrong) {
            end(WRONG_USE, String.valueOf(wrong.getMessage()) + "\n" + ServerArguments.USAGE);
            return;
        }
        try {
            Map<String, String> environment = System.getenv();
            if (arguments.dev()) {
                logAs("warn", "text");
                DevServer.run(arguments, sources(), environment, System.out);
            } else {
                ServerConfig config = ConfigReader.read(arguments.config().orElseThrow(), environment);
                LogSettings log = config.log();
                logAs(log.level().name(), log.format().name());
                Server server = Server.start(config, sources(), Server.Purpose.PRODUCTION);
                Runtime.getRuntime().addShutdownHook(new Thread(server::close, "daypass-stop"));
            }
        } catch (ConfigException | StoreException | SealException | AuditException | StartException refused) {
            end(FAILED, "error: " + refused.getMessage());
        } catch (IOException | UncheckedIOException failed) {
            end(FAILED, "error: " + failed.getMessage() + "; see that the folder is there and can be written");
        }
    }

    private static Sources sources() {
        Entropy random = new Entropy();
        return new Sources(InstantSource.system(), random, Entropy.generator(), () -> uuid(random));
    }

    /** A random UUID (RFC 9562, version 4). */
    private static String uuid(Entropy random) {
        long high = (random.nextLong() & ~0xf000L) | 0x4000L;
        long low = (random.nextLong() & ~(0xc0L << 56)) | (0x80L << 56);
        return new UUID(high, low).toString();
    }

    /** To be said before the first logger is made. */
    private static void logAs(String level, String format) {
        System.setProperty("daypass.log.level", level);
        System.setProperty("daypass.log.format", format.toLowerCase(Locale.ROOT));
    }

    private static void end(int status, String text) {
        PrintStream err = System.err;
        err.println(text);
        System.exit(status);
    }
}
