package io.daypass.broker.mount.lane;

/**
 * How much work of a mount is under way at once, and how much may wait.
 *
 * @param calls under way in one lane
 * @param queue waiting in one lane
 * @param mountCalls under way in all lanes of a mount
 */
public record LaneLimits(int calls, int queue, int mountCalls) {
    /** 4, 256 and 32. */
    public static final LaneLimits DEFAULT = new LaneLimits(4, 256, 32);

    public LaneLimits {
        if (calls < 1 || queue < 1 || mountCalls < calls) {
            throw new IllegalArgumentException(
                    "a lane needs a call and a place to wait, a mount the calls of one lane");
        }
    }
}
