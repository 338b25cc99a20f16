package io.daypass.engine.redis;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Refused;
import io.daypass.plugin.Unavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.SafeEncoder;

/** A connection to Redis, for one call. It starts no thread, and never connects again. */
final class Server implements AutoCloseable {
    private static final Pattern URL = Pattern.compile("(rediss?)://([^/@\\s]+):([0-9]{1,5})/?");

    /** What Redis answers while it can't; anything else that it refuses, it will refuse again. */
    private static final Pattern PASSING = Pattern.compile("(LOADING|BUSY|READONLY|MISCONF|OOM|MASTERDOWN|CLUSTERDOWN"
            + "|TRYAGAIN|NOREPLICAS|ERR max number of clients)\\b.*");

    private final Connection connection;
    private final boolean aclFile;
    private final Deadline deadline;

    /** @throws Invalid if {@code url} can't be read */
    Server(RedisEngine.Config config, Deadline deadline) {
        Matcher url = URL.matcher(config.url());
        if (!url.matches() || Integer.parseInt(url.group(3)) > 65_535) {
            throw new Invalid("url", "write redis://HOST:PORT or rediss://HOST:PORT");
        }
        int patience = (int) deadline.left().toMillis();
        DefaultJedisClientConfig.Builder client = DefaultJedisClientConfig.builder()
                .resp2()
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                .connectionTimeoutMillis(patience)
                .socketTimeoutMillis(patience)
                .user(config.username())
                .password(config.password().reveal());
        if (url.group(1).equals("rediss")) {
            client.sslOptions(Trust.in(config.caCertificate()));
        }
        try {
            connection = new Connection(new HostAndPort(url.group(2), Integer.parseInt(url.group(3))), client.build());
        } catch (JedisException failed) {
            throw sorted(failed);
        }
        this.aclFile = config.aclFile();
        this.deadline = deadline;
    }

    /** Says several commands at once, and waits for all of the answers: text, numbers, lists of them, or null. */
    List<@Nullable Object> ask(String... commands) {
        List<@Nullable Object> answers = new ArrayList<>();
        try {
            for (String command : commands) {
                String[] words = command.strip().split("\\s+");
                connection.sendCommand(() -> SafeEncoder.encode(words[0]), Arrays.copyOfRange(words, 1, words.length));
            }
            for (int i = 0; i < commands.length; i++) {
                connection.setSoTimeout((int) deadline.left().toMillis());
                answers.add(SafeEncoder.encodeObject(connection.getOne()));
            }
            return answers;
        } catch (JedisException failed) {
            throw sorted(failed);
        }
    }

    /** Watches a key that nobody has written, before it is too late. */
    void watch(String fence, Instant until) {
        List<@Nullable Object> seen = ask("WATCH " + fence, "EXISTS " + fence, "TIME", "ROLE");
        if (!Long.valueOf(0).equals(seen.get(1)) || !clock(seen.get(2)).isBefore(until)) {
            throw new Unavailable(
                    "revoked, or too late: at Redis it is " + clock(seen.get(2)) + ", the deadline is " + until);
        }
        if (!String.valueOf(seen.get(3)).startsWith("[master")) {
            throw new Unavailable("this Redis is a replica; users are made on the master");
        }
    }

    /**
     * All or nothing, unless what was watched was written. An aclfile has it afterwards.
     *
     * @return when it was done, by Redis' clock
     */
    Instant transaction(String... commands) {
        List<String> whole = new ArrayList<>(List.of("MULTI"));
        whole.addAll(List.of(commands));
        whole.addAll(aclFile ? List.of("ACL SAVE", "TIME", "EXEC") : List.of("TIME", "EXEC"));
        List<@Nullable Object> answers = ask(whole.toArray(String[]::new));
        if (!(answers.get(whole.size() - 1) instanceof List<?> done)) {
            throw new Unavailable("it was revoked meanwhile");
        }
        if (done.get(0) instanceof JedisDataException refused) {
            throw sorted(refused);
        }
        for (Object each : done) {
            if (each instanceof JedisDataException failed) {
                throw new Unavailable(String.valueOf(failed.getMessage()), failed); // what came before it was done
            }
        }
        return clock(done.get(done.size() - 1));
    }

    /** Leaves a mark, for {@link #expect}. */
    void mark(String user) {
        ask("ACL SETUSER " + user + " reset");
        if (aclFile) {
            ask("ACL SAVE");
        }
    }

    /** Without an aclfile a server that was restarted can't be told from another. */
    void expect(String user) {
        if (aclFile && ask("ACL GETUSER " + user).get(0) == null) {
            throw new Unavailable(
                    "this is not the Redis that config was written for, or its users were lost; if it is right, write config again");
        }
    }

    List<String> users() {
        return ((List<?>) Objects.requireNonNull(ask("ACL USERS").get(0)))
                .stream().map(String::valueOf).toList();
    }

    @Override
    public void close() {
        connection.close();
    }

    private static Instant clock(Object time) {
        List<?> parts = (List<?>) time;
        return Instant.ofEpochSecond(
                Long.parseLong(parts.get(0).toString()),
                Long.parseLong(parts.get(1).toString()) * 1000);
    }

    /** By who must act. */
    static RuntimeException sorted(JedisException failed) {
        String text = String.valueOf(failed.getMessage());
        return failed instanceof JedisDataException && !PASSING.matcher(text).matches()
                ? new Refused(text, failed)
                : new Unavailable(text, failed);
    }
}
