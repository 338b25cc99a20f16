package io.daypass.broker.plugin;

/**
 * The source of an engine that leases properties of this JVM: whoever revokes one leaves their version in another, so that
 * a test sees which code did it.
 */
final class LeasingSample {
    /** The property with the version that revoked last. */
    static final String REVOKED_BY = "sample.revoked-by";

    private static final String SOURCE = """
            package sample;

            import io.daypass.plugin.*;
            import io.daypass.plugin.database.DatabaseConnector;
            import java.time.Duration;
            import java.util.Optional;

            public class SampleEngine implements Engine {
                public record Role(@Doc("life") @Default("1h") Duration ttl %3$s) {}
                public record Key(String name %4$s) {}
                public record Creds(String name, Secret key, String version) {}
                public record Found(int connectors) {}

                private Mount mount;
                private Table<Role> roles;

                @Override
                public String type() {
                    return "sample";
                }

                @Override
                public void open(Mount declared) {
                    mount = declared;
                    roles = mount.collection("roles/{role}", Role.class);
                    mount.leases("%2$s", Key.class, this::revoke)
                            .issue("creds/{role}", Creds.class, this::draft);
                    mount.read("found", Found.class, (call, deadline) ->
                            Optional.of(new Found(mount.extensions(DatabaseConnector.class).size())));
                    %5$s
                }

                private Draft<Key, Creds> draft(Request request) {
                    Role role = roles.named(request.at("role"));
                    Key key = key(request.name(64));
                    return Draft.of(key, request.lifetime(role.ttl(), Duration.ZERO), deadline -> mint(key));
                }

                private static Key key(String name) {
                    return new Key(name %6$s);
                }

                private Creds mint(Key key) {
                    Secret secret = mount.password(32, Secret.LETTERS_AND_DIGITS);
                    System.setProperty(key.name(), secret.reveal());
                    return new Creds(key.name(), secret, "%1$s");
                }

                private void revoke(Key key, Deadline deadline) {
                    System.clearProperty(key.name());
                    System.setProperty("sample.revoked-by", "%1$s");
                }
            }
            """;

    private String version = "one";
    private String kind = "key";
    private String inRole = "";
    private String inKey = "";
    private String keyValue = "";
    private String inOpen = "";

    LeasingSample version(String told) {
        version = told;
        return this;
    }

    LeasingSample kind(String named) {
        kind = named;
        return this;
    }

    /** A component that entries had not before, and that nothing stands in for. */
    LeasingSample roleWithMore() {
        inRole = ", @Doc(\"more\") String more";
        return this;
    }

    /** A component that handles had not before. */
    LeasingSample keyWithMore() {
        inKey = ", String more";
        keyValue = ", \"more\"";
        return this;
    }

    LeasingSample inOpen(String statement) {
        inOpen = statement;
        return this;
    }

    String source() {
        return SOURCE.formatted(version, kind, inRole, inKey, inOpen, keyValue);
    }
}
