package io.daypass.dist;

import java.io.IOException;
import java.sql.SQLException;

/** Rotation survives on PostgreSQL. */
final class RotationCrashIT extends RotationCrashes {
    @Override
    RotationTarget target(World world) throws IOException, SQLException {
        return RotationTarget.of(world.shop());
    }
}
