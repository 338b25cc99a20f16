package io.daypass.engine.ssh.sign;

import io.daypass.plugin.Doc;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A certificate that was given out: the handle of its lease. */
public record Certified(
        @Doc("Its serial, of this mount alone") long serial,
        @Doc("user or host") String type,
        @Doc("What sshd logs") String keyId,

        @Doc("Who it may log in as, or what the host is called")
        List<String> principals,

        @Doc("The key it is for, as ssh-keygen -l shows it") String key,

        @Doc("The CA key that signed it, as config/ca names it")
        String authority,

        @Doc("When it ends by itself") Instant validBefore) {
    /** How late the clock of a host may be: until then it takes what is over here. */
    private static final Duration CLOCKS = Duration.ofHours(1);

    /** When no host takes it any more. */
    public Instant over() {
        return validBefore.plus(CLOCKS);
    }
}
