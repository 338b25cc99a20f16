package io.daypass.lease.sim;

/** One run of a process: what it had planned dies with it, and waits while it is stopped. */
final class Life {
    /** The world, which neither dies nor stops. */
    static final Life WORLD = new Life();

    private boolean over;
    private long stoppedUntil;

    boolean isOver() {
        return over;
    }

    void end() {
        over = true;
    }

    /** As SIGSTOP and SIGCONT do. */
    void stopUntil(long time) {
        stoppedUntil = Math.max(stoppedUntil, time);
    }

    boolean isStopped(long now) {
        return now < stoppedUntil;
    }
}
