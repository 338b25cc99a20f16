package io.daypass.testkit;

import io.daypass.plugin.Refused;
import io.daypass.plugin.Unavailable;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What goes wrong with the next mints, and tasks of what is due. */
interface Fault {
    /** Nothing. */
    Fault NONE = Callable::call;

    /** The mint never happens; its handle was written down all the same. */
    Fault NEVER_MINTED = new Fault() {
        @Override
        public <A> A around(Callable<A> mint) {
            throw new Refused("the contract kept this mint from happening");
        }
    };

    /** The mint happens, but nobody learns of it. */
    Fault ANSWER_LOST = new Fault() {
        @Override
        public <A> A around(Callable<A> mint) throws Exception {
            mint.call();
            throw new Unavailable("the contract lost the answer of this mint");
        }
    };

    /** A task waits for a second broker to do the same, and gives up waiting. */
    static Fault together(Duration patience) {
        CountDownLatch both = new CountDownLatch(2);
        return new Fault() {
            @Override
            public <A> A around(Callable<A> task) throws Exception {
                both.countDown();
                // It is of no matter here whether the other one came: that is counted.
                boolean ignored = both.await(patience.toMillis(), TimeUnit.MILLISECONDS);
                return task.call();
            }
        };
    }

    /** Runs the mint, or doesn't. */
    <A> A around(Callable<A> mint) throws Exception;

    /** Stands before each call of the engine into its mount. */
    default void hostCall() {}

    /** The mint ends with an error when it has called its mount so many times. */
    static AtHostCall atHostCall(int calls) {
        return new AtHostCall(calls);
    }

    /** A mint that breaks off where it asks its mount for something. */
    final class AtHostCall implements Fault {
        private final AtomicInteger left;
        private final ThreadLocal<Boolean> minting = new ThreadLocal<>();

        private AtHostCall(int calls) {
            left = new AtomicInteger(calls);
        }

        @Override
        public <A> A around(Callable<A> mint) throws Exception {
            minting.set(true);
            try {
                return mint.call();
            } finally {
                minting.remove();
            }
        }

        @Override
        public void hostCall() {
            if (minting.get() != null && left.getAndDecrement() == 0) {
                throw new Unavailable("the contract broke this mint off");
            }
        }

        /** Whether it has struck. */
        boolean hasStruck() {
            return left.get() < 0;
        }
    }
}
