package io.daypass.broker.mount;

import java.time.Duration;
import java.util.Map;

/**
 * How a mount is set.
 *
 * @param defaultLeaseTtl how long leases live whose role doesn't say; zero: the system's default
 * @param maxLeaseTtl how long they live at most; zero: the system's maximum
 * @param options as they were given; for clients
 */
public record MountConfig(Duration defaultLeaseTtl, Duration maxLeaseTtl, Map<String, String> options) {
    /** Nothing set. */
    public static final MountConfig NONE = new MountConfig(Duration.ZERO, Duration.ZERO, Map.of());

    public MountConfig {
        options = Map.copyOf(options);
    }
}
