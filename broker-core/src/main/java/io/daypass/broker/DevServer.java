package io.daypass.broker;

import io.daypass.broker.run.DevContext;
import io.daypass.broker.scratch.TemporaryFolder;
import io.daypass.config.HostPort;
import io.daypass.config.ServerConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code daypass server --dev}: a server that is ready at once, keeps nothing, and is for nobody but its user. */
final class DevServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DevServer.class);

    private final TemporaryFolder folder;
    private final Server server;
    private final DevContext context;

    private DevServer(TemporaryFolder folder, Server server, DevContext context) {
        this.folder = folder;
        this.server = server;
        this.context = context;
    }

    /** Starts one, says so, and sees to it that nothing is left when the process ends. */
    static void run(ServerArguments arguments, Sources sources, Map<String, String> environment, PrintStream out)
            throws IOException {
        HostPort address = new HostPort(arguments.host(), arguments.port());
        if (!address.isLoopback() && !arguments.allowRemote()) {
            throw new StartException(
                    "a development server has no TLS and a root token for everybody who asks: it listens on"
                            + " 127.0.0.1 only. With --dev-allow-remote it listens on " + address.host()
                            + " all the same");
        }
        TemporaryFolder folder = TemporaryFolder.make("daypass-dev-");
        ServerConfig config = ServerConfig.dev(address, folder.path().resolve("data"));
        Server.Purpose purpose = arguments.allowRemote() ? Server.Purpose.PRODUCTION : Server.Purpose.DEVELOPMENT;
        Server server;
        try {
            server = Server.start(config, sources, purpose, arguments.builds());
        } catch (RuntimeException failed) {
            folder.close();
            throw failed;
        }
        String token = server.initDev(arguments.rootToken());
        String url = "http://" + new HostPort(address.host(), server.port());
        DevContext context = remembered(environment, url, token);
        DevServer dev = new DevServer(folder, server, context);
        Runtime.getRuntime().addShutdownHook(new Thread(dev::close, "daypass-stop"));
        out.print(banner(url, token));
        out.flush();
    }

    /** Where it can't be written (a container without a home, say), clients are told by other means. */
    private static DevContext remembered(Map<String, String> environment, String url, String token) {
        try {
            return DevContext.write(environment, url, token);
        } catch (IOException unwritable) {
            LOG.atWarn()
                    .addKeyValue("why", unwritable.toString())
                    .log("the command line does not find this server by itself: export DAYPASS_ADDR and DAYPASS_TOKEN");
            return DevContext.NONE;
        }
    }

    private static String banner(String url, String token) {
        return """
                Daypass, development server.

                  Address     %s
                  Root token  %s

                Not for anything that matters: plain HTTP, one root token, and all of it is gone when this ends.
                In another shell, with nothing exported:

                  ./daypass secrets enable database
                  ./daypass status

                For clients that know Vault: export VAULT_ADDR=%s VAULT_TOKEN=%s
                Ctrl-C ends it.
                """.formatted(url, token, url, token);
    }

    @Override
    public void close() {
        try (folder;
                context) {
            server.close();
        } catch (IOException left) {
            LOG.atWarn().setCause(left).log("something of the development server is left behind");
        }
    }
}
