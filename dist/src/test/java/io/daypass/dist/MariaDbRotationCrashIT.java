package io.daypass.dist;

import io.daypass.embedded.source.MySqlSource;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;

/** Rotation survives on MariaDB. */
final class MariaDbRotationCrashIT extends RotationCrashes {
    @Override
    RotationTarget target(World world) throws IOException, SQLException {
        return RotationTarget.of(MySqlShop.in(MySqlSource.MARIADB_INSTALLED.start(world.newDirectory(), Map.of())));
    }
}
