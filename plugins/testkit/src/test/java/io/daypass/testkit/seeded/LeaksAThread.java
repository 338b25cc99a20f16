package io.daypass.testkit.seeded;

import io.daypass.testkit.key.KeyEngine;
import java.util.concurrent.locks.LockSupport;

/** A thread outlives the engine. */
public final class LeaksAThread extends KeyEngine {
    @Override
    protected void leases() {
        super.leases();
        Thread thread = new Thread(
                () -> {
                    while (true) {
                        LockSupport.park();
                    }
                },
                "left-behind");
        thread.setDaemon(true);
        thread.start();
    }
}
