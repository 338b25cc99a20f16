package io.daypass.engine.mysql;

import io.daypass.engine.sql.PemCertificates;
import io.daypass.engine.sql.Placeholders;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.database.Creation;
import io.daypass.plugin.database.Database;
import io.daypass.plugin.database.DatabaseConfig;
import io.daypass.plugin.database.DatabaseConnector;
import io.daypass.plugin.database.Endpoint;
import io.daypass.plugin.database.Removal;
import io.daypass.plugin.database.Sources;
import java.util.List;

/** What MySQL and MariaDB have in common: all but how long a name may be. */
abstract class ServerConnector implements DatabaseConnector {
    private static final String CREATION = "creation_statements";

    @Override
    public Endpoint endpoint(DatabaseConfig config) {
        ConnectionUrl url = url(config);
        return new Endpoint(
                url.host(), url.port(), url.database(), mode(config, url).name());
    }

    @Override
    public List<String> check(Creation creation, List<String> renewal, Removal removal) {
        RoleSql creates = RoleSql.checked(CREATION, creation.statements());
        RoleSql.checked("renew_statements", renewal);
        RoleSql.checked("revocation_statements", removal.statements());
        if (creates.hosts().isEmpty()) {
            throw new Invalid(CREATION, "must create a user '{{name}}'@'%', or at another host");
        }
        if (!creation.groups().isEmpty()) {
            throw new Invalid(
                    "groups",
                    "are PostgreSQL's; grant a role here by creation_statements:" + " GRANT reader TO '{{name}}'@'%'");
        }
        if (removal.dropOwned() || !removal.reassignTo().isEmpty()) {
            throw new Invalid("owned_objects", "has no meaning here, nor has reassign_to: users own nothing");
        }
        if (!Placeholders.uses(creation.statements(), Placeholders.PASSWORD)) {
            return List.of(CREATION + " don't use '{{password}}', so nobody can log in with it");
        }
        return List.of();
    }

    @Override
    public void checkRotation(String field, List<String> statements) {
        if (RoleSql.checked(field, statements).statements().stream()
                .anyMatch(each -> each.word(0).equals("DROP"))) {
            throw new Invalid(field, "must drop nothing: what was dropped can't be put back");
        }
        if (!statements.isEmpty() && !Placeholders.uses(statements, Placeholders.PASSWORD)) {
            throw new Invalid(field, "must set '{{password}}'");
        }
        if (Placeholders.uses(statements, Placeholders.EXPIRATION)) {
            throw new Invalid(field, "{{expiration}} has no meaning here: a password that is rotated has no end");
        }
    }

    @Override
    public boolean needsConfiguredLogin(Creation creation) {
        return true;
    }

    @Override
    public Database open(DatabaseConfig config, Sources sources) {
        ConnectionUrl url = url(config);
        return new MySqlDatabase(config, url, mode(config, url), longestName(), sources);
    }

    private static SslMode mode(DatabaseConfig config, ConnectionUrl url) {
        return SslMode.of(url.options().sslMode(), config.tlsCa());
    }

    private static ConnectionUrl url(DatabaseConfig config) {
        ConnectionUrl url = ConnectionUrl.parse(config.connectionUrl());
        if (!config.tlsCa().isEmpty()) {
            PemCertificates.read(config.tlsCa());
        }
        return url;
    }
}
