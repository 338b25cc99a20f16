package io.daypass.broker.mount;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Refused;
import io.daypass.plugin.Unavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Something that holds keys, can be away, mute, or refuse. */
final class ToyTarget {
    final Map<String, Instant> keys = new ConcurrentHashMap<>();
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    volatile boolean away;
    volatile boolean refusesToExtend;
    volatile String refuses = "none";
    volatile CountDownLatch mute = new CountDownLatch(0);

    void put(String key, Instant until, Deadline deadline) throws InterruptedException {
        calls.add("put");
        mute.await();
        check(key, deadline);
        keys.put(key, until);
    }

    void extend(String key, Instant until) {
        calls.add("extend");
        if (away || refusesToExtend) {
            throw new Unavailable("nobody there");
        }
        if (keys.replace(key, until) == null) {
            throw new Refused("there is no such key");
        }
    }

    void drop(List<String> gone, Deadline deadline) {
        calls.add("drop " + gone.size());
        gone.forEach(key -> check(key, deadline));
        gone.forEach(keys::remove);
    }

    private void check(String key, Deadline deadline) {
        if (away) {
            throw new Unavailable("nobody there");
        }
        if (key.contains(refuses)) {
            throw new Refused("the target does not like this key");
        }
        deadline.left();
    }
}
