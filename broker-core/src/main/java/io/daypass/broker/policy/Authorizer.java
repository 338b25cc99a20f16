package io.daypass.broker.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.daypass.broker.api.Caller;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Says what a caller may: the policies that its token names, compiled once and kept until one of them changes. */
public final class Authorizer {
    private static final int KEPT = 1_000;

    private final Function<String, Optional<Policy>> policies;

    /** Another one after each change: a set that is being compiled from older texts meanwhile goes into the old one. */
    private volatile Cache<List<String>, PolicySet> compiled = nothingYet();

    /** @param policies finds a policy by its name; one that isn't there allows nothing */
    public Authorizer(Function<String, Optional<Policy>> policies) {
        this.policies = policies;
    }

    /** Whether a caller may do that with a path. */
    public boolean allows(Caller caller, Capability needed, String path) {
        return of(caller).allows(needed, path);
    }

    /** Whether a caller may do that with a path, and is trusted with {@code sudo} there. */
    public boolean allowsAsSudo(Caller caller, Capability needed, String path) {
        return of(caller).allowsAsSudo(needed, path);
    }

    /** Whether a caller is trusted with {@code sudo} on a path. */
    public boolean sudo(Caller caller, String path) {
        return of(caller).capabilities(path).contains(Capability.SUDO);
    }

    /** Whether a caller may do anything at all below a mount, whose path ends in a slash. */
    public boolean reachesInto(Caller caller, String mount) {
        return of(caller).reachesInto(mount);
    }

    /** What a caller may do with a path, as {@code sys/capabilities} answers it. */
    public List<String> capabilities(Caller caller, String path) {
        return of(caller).capabilityNames(path);
    }

    /** Forgets what was compiled, since a policy changed. */
    public void changed() {
        compiled = nothingYet();
    }

    private static Cache<List<String>, PolicySet> nothingYet() {
        return Caffeine.newBuilder().maximumSize(KEPT).executor(Runnable::run).build();
    }

    private PolicySet of(Caller caller) {
        return compiled.get(caller.policies(), this::compile);
    }

    private PolicySet compile(List<String> names) {
        return PolicySet.compile(
                names.stream().map(policies).flatMap(Optional::stream).toList());
    }
}
