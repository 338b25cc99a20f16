package io.daypass.cli.tether;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.cli.http.Broker;
import io.daypass.cli.http.Call;
import io.daypass.cli.http.Json;
import io.daypass.cli.http.Refusal;
import io.daypass.cli.http.Reply;
import io.daypass.cli.shell.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** What is asked of the broker about one tethered lease. */
final class Hold {
    private static final Duration LENGTH = Duration.ofSeconds(30);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final Broker broker;
    private final Reply issued;

    private Hold(Broker broker, Reply issued) {
        this.broker = broker;
        this.issued = issued;
    }

    /**
     * Takes a lease of 30 s, or of the role's own length if that is less.
     *
     * @param path what issues it
     * @throws Failure if there is none to be had
     */
    static Hold take(Broker broker, String path) {
        Reply issued = broker.send(Call.read(path).with("ttl", LENGTH.toSeconds() + "s"));
        if (issued.leaseId().isEmpty()) {
            throw Failure.usage(
                    path + " issues no lease: reading it answers no lease_id",
                    "name a path that issues, such as database/creds/reader");
        }
        // From here on a mute broker must not keep the child's end from being noticed for long.
        return new Hold(new Broker(broker.target().timeouts(CONNECT, ANSWER)), issued);
    }

    /** What was issued. */
    Reply issued() {
        return issued;
    }

    /** How long the lease was at first. */
    Duration length() {
        return length(issued);
    }

    /** Asks for another 30 s. */
    Outcome renew() {
        Reply reply;
        try {
            reply = broker.exchange(Call.write(
                    "sys/leases/renew",
                    Json.object().put("lease_id", issued.leaseId()).put("increment", LENGTH.toSeconds())));
        } catch (Failure unreachable) {
            return new Outcome(Outcome.Kind.LATER, Duration.ZERO, unreachable.text());
        }
        if (reply.status() < 300) {
            Duration length = length(reply);
            return new Outcome(length.isZero() ? Outcome.Kind.GONE : Outcome.Kind.RENEWED, length, "it has ended");
        }
        boolean later = reply.status() == 429 || reply.status() >= 500 || reply.status() == 412;
        return new Outcome(later ? Outcome.Kind.LATER : Outcome.Kind.GONE, Duration.ZERO, Refusal.said(reply));
    }

    /**
     * Ends the lease.
     *
     * @throws Failure if the broker can't be reached or doesn't want to
     */
    Reply revoke() {
        return broker.send(Call.write("sys/leases/revoke", Json.object().put("lease_id", issued.leaseId())));
    }

    /** How long the lease can be kept alive at most, from now on: its own bound, or the end of the token. */
    Optional<Duration> longest() {
        try {
            Reply lease =
                    broker.send(Call.write("sys/leases/lookup", Json.object().put("lease_id", issued.leaseId())));
            Optional<Duration> bound = bound(lease.said());
            JsonNode token = broker.send(Call.read("auth/token/lookup-self")).said();
            if (token.path("expire_time").isTextual()) {
                Duration left = Duration.ofSeconds(token.path("ttl").asLong());
                return bound.filter(own -> own.compareTo(left) < 0).or(() -> Optional.of(left));
            }
            return bound;
        } catch (Failure unknown) {
            return Optional.empty();
        }
    }

    /** By the broker's clock alone: ours may be off. */
    private static Optional<Duration> bound(JsonNode lease) {
        String max = lease.path("max_expire_time").asText("");
        String expire = lease.path("expire_time").asText("");
        try {
            Instant now = Instant.parse(expire).minusSeconds(lease.path("ttl").asLong());
            return Optional.of(Duration.between(now, Instant.parse(max)));
        } catch (DateTimeParseException endless) {
            return Optional.empty();
        }
    }

    private static Duration length(Reply reply) {
        return Duration.ofSeconds(
                Math.max(0, reply.body().path("lease_duration").asLong()));
    }

    /**
     * How a renewal went.
     *
     * @param kind in a word
     * @param length how long the lease is now
     * @param why it wasn't renewed
     */
    record Outcome(Kind kind, Duration length, String why) {
        /** In a word. */
        enum Kind {
            /** It lives on. */
            RENEWED,
            /** It may succeed later. */
            LATER,
            /** It never will. */
            GONE
        }
    }
}
