package io.daypass.embedded.source;

import io.daypass.embedded.Await;
import io.daypass.embedded.MySqlServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.testcontainers.mysql.MySQLContainer;

/** A MySQL server in a container, on a fixed port of 127.0.0.1: one that Docker chose would change with each start. */
final class MySqlContainer implements MySqlServer {
    private static final String IMAGE = "mysql:8.4";
    private static final Duration START = Duration.ofMinutes(2);

    private final MySQLContainer container;
    private final String password;
    private final int port;

    private MySqlContainer(MySQLContainer container, String password, int port) {
        this.container = container;
        this.password = password;
        this.port = port;
    }

    static MySqlContainer start(Map<String, String> options) throws IOException {
        String password = new BigInteger(130, new SecureRandom()).toString(Character.MAX_RADIX);
        int port = freePort();
        MySQLContainer container = new MySQLContainer(IMAGE)
                .withUsername(ADMIN)
                .withPassword(password)
                .withDatabaseName("unused");
        container.setCommand(options.entrySet().stream()
                .map(each -> "--" + each.getKey() + (each.getValue().isEmpty() ? "" : "=" + each.getValue()))
                .toArray(String[]::new));
        container.setPortBindings(List.of("127.0.0.1:" + port + ":" + MySQLContainer.MYSQL_PORT));
        MySqlContainer server = new MySqlContainer(container, password, port);
        try {
            container.start();
        } catch (RuntimeException notStarted) {
            server.close();
            throw notStarted;
        }
        return server;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String password() {
        return password;
    }

    @Override
    public void kill() {
        container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void stop() {
        container.getDockerClient().stopContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void pause() {
        container
                .getDockerClient()
                .pauseContainerCmd(container.getContainerId())
                .exec();
    }

    @Override
    public void resume() {
        container
                .getDockerClient()
                .unpauseContainerCmd(container.getContainerId())
                .exec();
    }

    @Override
    public void restart() {
        container
                .getDockerClient()
                .startContainerCmd(container.getContainerId())
                .exec();
        Await.until(START, "MySQL answers again", () -> {
            admin().close();
            return true;
        });
    }

    @Override
    public void close() {
        container.close();
    }
}
