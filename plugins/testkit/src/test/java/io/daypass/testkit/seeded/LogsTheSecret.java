package io.daypass.testkit.seeded;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Lifetime;
import io.daypass.testkit.key.KeyEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The secret is in a line of the log. */
public final class LogsTheSecret extends KeyEngine {
    private static final Logger LOG = LoggerFactory.getLogger(LogsTheSecret.class);

    @Override
    protected Creds mint(Key key, Lifetime life, Deadline deadline) throws Exception {
        Creds creds = super.mint(key, life, deadline);
        LOG.debug("{} opens with {}", key, creds.key().reveal());
        return creds;
    }
}
