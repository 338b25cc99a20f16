package io.daypass.config;

import java.util.List;

/** What holds between keys. */
final class Rules {
    private Rules() {}

    /** Adds what is wrong. */
    static void check(ServerConfig config, Node.Mapping tree, List<Problem> problems) {
        Listen listen = config.listen();
        if (listen.tls().isEmpty() && !listen.address().isLoopback()) {
            problems.add(at(
                    tree,
                    "listen",
                    "tls",
                    "is missing: without TLS, only an address of this machine's own"
                            + " (127.0.0.1) may be listened on; daypass operator tls-init makes a certificate"));
        }
        SealSettings seal = config.seal();
        if (seal.type() == SealType.FILE && seal.keyFile().isEmpty()) {
            problems.add(at(tree, "seal", "key_file", "is missing: seal.type is file, so the key must be in one"));
        }
        if (seal.type() != SealType.FILE && seal.keyFile().isPresent()) {
            problems.add(at(tree, "seal", "key_file", "is of no use: seal.type is not file"));
        }
        Limits limits = config.limits();
        if (limits.defaultLeaseTtl().compareTo(limits.maxLeaseTtl()) > 0) {
            problems.add(at(tree, "limits", "default_lease_ttl", "is more than limits.max_lease_ttl"));
        }
        if (limits.laneCalls() > limits.mountCalls()) {
            problems.add(at(tree, "limits", "lane_calls", "is more than limits.mount_calls"));
        }
    }

    private static Problem at(Node.Mapping tree, String section, String key, String text) {
        Node.Member member = tree.members().get(section);
        int line = member == null ? tree.line() : member.line();
        if (member != null && member.value() instanceof Node.Mapping mapping) {
            Node.Member inner = mapping.members().get(key);
            line = inner == null ? line : inner.line();
        }
        return new Problem(line, section + "." + key, text);
    }
}
