package io.daypass.benchmarks.bare;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Does one thing again and again on the thread that calls it. */
public final class OneCore {
    private static final int AT_A_TIME = 1_024;

    private final Task task;
    // Written and never read: a result that nobody keeps is one that the compiler needn't make.
    @SuppressWarnings("UnusedVariable")
    private volatile byte @Nullable [] last;

    /** @param task what is done */
    public OneCore(Task task) {
        this.task = task;
    }

    /** Does it for this long, and answers how often in a second. */
    public double rate(Duration time) {
        long start = System.nanoTime();
        long end = start + time.toNanos();
        long times = 0;
        while (System.nanoTime() < end) {
            times(AT_A_TIME);
            times += AT_A_TIME;
        }
        return times / ((System.nanoTime() - start) / 1e9);
    }

    /** How many bytes each time allocates, to the whole byte: what happens once in so many times is not counted. */
    public double allocated(int times) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        times(times);
        long before = threads.getCurrentThreadAllocatedBytes();
        times(times);
        return Math.rint((double) (threads.getCurrentThreadAllocatedBytes() - before) / times);
    }

    private void times(int times) {
        for (int i = 0; i < times; i++) {
            byte[] done = task.run();
            if (done == null) {
                throw new IllegalStateException("what was measured gave nothing");
            }
            last = done;
        }
    }

    /** Something that gives some bytes; null: it failed. */
    public interface Task {
        /** Does it once. */
        byte @Nullable [] run();
    }
}
