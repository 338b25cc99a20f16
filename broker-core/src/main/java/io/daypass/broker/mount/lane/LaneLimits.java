package io.daypass.broker.mount.lane;

/**
 * How much work of a mount is under way at once, and how much may wait.
 *
 * @param calls under way in one lane, unless its target has a number of its own
 * @param queue waiting in one lane
 * @param mountCalls under way in all lanes of a mount
 */
public record LaneLimits(int calls, int queue, int mountCalls) {
    /** 4, 256 and 256. */
    public static final LaneLimits DEFAULT = new LaneLimits(4, 256, 256);

    public LaneLimits {
        if (calls < 1 || queue < 1 || mountCalls < calls) {
            throw new IllegalArgumentException(
                    "a lane needs a call and a place to wait, a mount the calls of one lane");
        }
    }

    /**
     * How many calls a target gets that asks for {@code own}: never more than half of what its mount has, so that one
     * that hangs leaves the others something.
     *
     * @param own 0: it doesn't say
     */
    int callsFor(int own) {
        return own == 0 ? calls : Math.min(own, Math.max(calls, mountCalls / 2));
    }
}
