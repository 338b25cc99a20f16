package io.daypass.broker.policy;

import io.daypass.broker.seal.Barrier;
import io.daypass.broker.seal.SealedEntries;
import io.daypass.entry.EntryStore;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** The policies that are in force. */
public final class Policies {
    private final SealedEntries<Policy> held;
    private final Authorizer authorizer = new Authorizer(this::find);

    /**
     * @param entries where they are kept
     * @param barrier that seals them
     */
    public Policies(EntryStore entries, Barrier barrier) {
        this.held = new SealedEntries<>(
                entries,
                barrier,
                "policy/",
                policy -> policy.text().getBytes(StandardCharsets.UTF_8),
                (name, text) -> Policy.parse(name, new String(text, StandardCharsets.UTF_8)));
    }

    /** Says what callers may, by these policies. */
    public Authorizer authorizer() {
        return authorizer;
    }

    /** Reads all of them. For when the barrier has been opened. */
    public Future<Void> load() {
        return held.load().onComplete(done -> authorizer.changed());
    }

    /** Forgets all of them. For when it is sealed. */
    public void forget() {
        held.forget();
        authorizer.changed();
    }

    /** The policy of that name. */
    public Optional<Policy> find(String name) {
        if (name.equals(Policy.ROOT.name())) {
            return Optional.of(Policy.ROOT);
        }
        return held.find(name)
                .or(() -> name.equals(Policy.DEFAULT_NAME)
                        ? Optional.of(Policy.parse(name, Policy.defaultText()))
                        : Optional.empty());
    }

    /** The names of all policies, {@code default} and {@code root} among them. */
    public List<String> names() {
        SortedSet<String> names = held.names();
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
        return held.write(name, Policy.parse(name, text)).onComplete(done -> authorizer.changed());
    }

    /** Removes a policy; what it allowed is denied from then on. */
    public Future<Void> remove(String name) {
        return held.remove(name).onComplete(done -> authorizer.changed());
    }
}
