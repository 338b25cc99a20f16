package io.daypass.cli.ssh.certificate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Broker;
import io.daypass.cli.http.Call;
import io.daypass.cli.http.Json;
import io.daypass.cli.http.Reply;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has keys signed by a role, and remembers what came of it. */
public final class Signer {
    private final Session session;
    private final Broker broker;
    private final String mount;
    private final String role;
    private final boolean listed;

    /**
     * @param session whose broker signs
     * @param mount where its engine is
     * @param role which of its roles
     */
    public Signer(Session session, String mount, String role) {
        this(session, session.broker(), mount, role, true);
    }

    private Signer(Session session, Broker broker, String mount, String role, boolean listed) {
        this.session = session;
        this.broker = broker;
        this.mount = mount;
        this.role = role;
        this.listed = listed;
    }

    /**
     * One for a host, whose certificates are nobody's in particular: {@code ssh ls} doesn't show them.
     *
     * @param session where remarks go
     * @param broker that signs, with the host's token
     * @param mount where its engine is
     * @param role which of its roles
     */
    public static Signer ofHost(Session session, Broker broker, String mount, String role) {
        return new Signer(session, broker, mount, role, false);
    }

    /**
     * Has a key signed.
     *
     * @param keyLine the public key, as in a {@code .pub} file
     * @param wanted what it is to be good for
     * @throws Failure if the broker doesn't want to, or answers something else than what was asked for
     */
    public Certificate sign(String keyLine, Wanted wanted) {
        String[] parts = keyLine.strip().split("\\s+", 3);
        ObjectNode body = Json.object().put("public_key", parts[0] + " " + parts[1]);
        if (!wanted.principals().isEmpty()) {
            body.put("valid_principals", wanted.principals());
        }
        if (wanted.host()) {
            body.put("cert_type", "host");
        }
        if (wanted.ttl() != null) {
            body.put("ttl", wanted.ttl());
        }
        Reply reply = broker.send(Call.write(mount + "/sign/" + role, body));
        session.printer().warnings(reply);
        Certificate certificate =
                Certificate.parse(reply.said().path("signed_key").asText(""));
        if (certificate.host() != wanted.host()
                || !certificate.isFor(Base64.getDecoder().decode(parts[1]))) {
            throw Failure.of(Exit.REMOTE, "the broker signed something else than what it was sent", "daypass status");
        }
        if (listed) {
            new Ledger(session).add(reply.leaseId(), mount, role, certificate);
        }
        return certificate;
    }

    /**
     * What a certificate is to be good for.
     *
     * @param host whether it is a host's
     * @param principals users or hosts, with commas between; empty for the role's default
     * @param ttl how long, as the broker reads it; null for as long as the role lets it
     */
    public record Wanted(
            boolean host, String principals, @Nullable String ttl) {
        /** A host's, for as long as the role lets it. */
        public static Wanted host(List<String> names) {
            return new Wanted(true, String.join(",", names), null);
        }

        /** A user's. */
        public static Wanted user(String principals, @Nullable String ttl) {
            return new Wanted(false, principals, ttl);
        }
    }
}
