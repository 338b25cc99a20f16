package io.daypass.broker.policy;

import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Stages;
import io.daypass.broker.seal.Barrier;
import io.daypass.entry.Entry;
import io.daypass.entry.EntryStore;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The policies that are in force: sealed in the store, and all of them in memory. */
public final class Policies {
    private static final String PREFIX = "policy/";
    private static final int PAGE = 500;

    private final EntryStore entries;
    private final Barrier barrier;
    private final Map<String, Held> held = new ConcurrentHashMap<>();
    private final Authorizer authorizer = new Authorizer(this::find);

    /**
     * @param entries where they are kept
     * @param barrier that seals them
     */
    public Policies(EntryStore entries, Barrier barrier) {
        this.entries = entries;
        this.barrier = barrier;
    }

    /** Says what callers may, by these policies. */
    public Authorizer authorizer() {
        return authorizer;
    }

    /** Reads all of them. For when the barrier has been opened. */
    public Future<Void> load() {
        held.clear();
        authorizer.changed();
        return load("");
    }

    /** Forgets all of them. For when it is sealed. */
    public void forget() {
        held.clear();
        authorizer.changed();
    }

    /** The policy of that name. */
    public Optional<Policy> find(String name) {
        if (name.equals(Policy.ROOT.name())) {
            return Optional.of(Policy.ROOT);
        }
        Held known = held.get(name);
        if (known == null && name.equals(Policy.DEFAULT_NAME)) {
            return Optional.of(Policy.parse(name, Policy.defaultText()));
        }
        return Optional.ofNullable(known).map(Held::policy);
    }

    /** The names of all policies, {@code default} and {@code root} among them. */
    public List<String> names() {
        TreeSet<String> names = new TreeSet<>(held.keySet());
        names.add(Policy.DEFAULT_NAME);
        names.add(Policy.ROOT.name());
        return List.copyOf(names);
    }

    /**
     * Puts a policy in force. If its text can't be read, the one in force stays.
     *
     * @throws PolicyException with the place in the text
     */
    public Future<Void> write(String name, String text) {
        Policy policy = Policy.parse(name, text);
        Held known = held.get(name);
        long version = known == null ? 0 : known.version();
        Barrier.Sealed sealed = barrier.seal(text.getBytes(StandardCharsets.UTF_8), place(name));
        return Stages.here(entries.put(PREFIX + name, version, sealed.keyVersion(), sealed.bytes()))
                .map(written -> {
                    if (!written) {
                        throw ApiException.badRequest("policy " + name
                                + ": somebody else is writing it at the same time; read it, and write it again");
                    }
                    held.put(name, new Held(policy, version + 1));
                    authorizer.changed();
                    return null;
                });
    }

    /** Removes a policy; what it allowed is denied from then on. */
    public Future<Void> remove(String name) {
        Held known = held.get(name);
        if (known == null) {
            return Future.succeededFuture();
        }
        return Stages.here(entries.remove(PREFIX + name, known.version())).map(removed -> {
            held.remove(name);
            authorizer.changed();
            return null;
        });
    }

    private Future<Void> load(String after) {
        return Stages.here(entries.list(PREFIX, after, PAGE)).compose(page -> {
            for (Entry entry : page) {
                String name = entry.path().substring(PREFIX.length());
                byte[] text = barrier.open(entry.keyVersion(), entry.sealed(), place(name));
                Policy policy = Policy.parse(name, new String(text, StandardCharsets.UTF_8));
                held.put(name, new Held(policy, entry.version()));
            }
            authorizer.changed();
            return page.size() < PAGE
                    ? Future.succeededFuture()
                    : load(page.get(page.size() - 1).path());
        });
    }

    private static String place(String name) {
        return "entry/" + PREFIX + name;
    }

    private record Held(Policy policy, long version) {}
}
