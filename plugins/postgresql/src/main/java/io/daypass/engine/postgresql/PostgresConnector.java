package io.daypass.engine.postgresql;

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
import java.util.ArrayList;
import java.util.List;
import org.pf4j.Extension;

/** Makes PostgreSQL, 14 to 18, usable by the database engine. */
@Extension
public final class PostgresConnector implements DatabaseConnector {
    /** {@code NAMEDATALEN} less its end. */
    private static final int LONGEST_NAME = 63;

    @Override
    public List<String> names() {
        return List.of("postgresql-database-plugin", "postgresql");
    }

    @Override
    public int longestName() {
        return LONGEST_NAME;
    }

    @Override
    public Endpoint endpoint(DatabaseConfig config) {
        ConnectionUrl url = url(config);
        String host = url.hasOnePort() ? url.hostNames() : url.hosts().get(0).name();
        String mode = Tls.mode(url.options().sslmode(), config.tlsCa());
        return new Endpoint(host, url.hosts().get(0).port(), url.database(), mode);
    }

    @Override
    public List<String> check(Creation creation, List<String> renewal, Removal removal) {
        RoleSql.check("creation_statements", creation.statements());
        RoleSql.check("renew_statements", renewal);
        RoleSql.check("revocation_statements", removal.statements());
        List<String> creates = creation.statements();
        if (!Placeholders.uses(creates, Placeholders.NAME) && !Placeholders.uses(creates, Placeholders.USERNAME)) {
            throw new Invalid("creation_statements", "must create a role \"{{name}}\"");
        }
        List<String> warnings = new ArrayList<>();
        if (!Placeholders.uses(creates, Placeholders.PASSWORD)) {
            warnings.add("creation_statements don't use '{{password}}', so nobody can log in with it");
        }
        if (RoleSql.grantsOnAll(creates)) {
            warnings.add(
                    "creation_statements grant on ALL TABLES to each user: PostgreSQL stops at about 2,400 of them;"
                            + " grant a role that has the rights instead, by groups");
        }
        return warnings;
    }

    @Override
    public void checkRotation(String field, List<String> statements) {
        RoleSql.check(field, statements);
        if (!statements.isEmpty() && !Placeholders.uses(statements, Placeholders.PASSWORD)) {
            throw new Invalid(field, "must set '{{password}}'");
        }
        if (Placeholders.uses(statements, Placeholders.EXPIRATION)) {
            throw new Invalid(field, "{{expiration}} has no meaning here: a password that is rotated has no end");
        }
    }

    @Override
    public boolean needsConfiguredLogin(Creation creation) {
        return !RoleSql.onlyMakesRoles(creation.statements());
    }

    @Override
    public Database open(DatabaseConfig config, Sources sources) {
        return new PostgresDatabase(config, url(config), sources);
    }

    private static ConnectionUrl url(DatabaseConfig config) {
        ConnectionUrl url = ConnectionUrl.parse(config.connectionUrl());
        if (!config.tlsCa().isEmpty()) {
            PemCertificates.read(config.tlsCa());
        }
        return url;
    }
}
