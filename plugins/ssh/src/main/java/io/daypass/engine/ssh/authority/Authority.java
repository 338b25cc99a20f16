package io.daypass.engine.ssh.authority;

import io.daypass.engine.ssh.ca.CaKey;
import io.daypass.engine.ssh.key.PrivateKeyText;
import io.daypass.engine.ssh.key.SshKeyPair;
import io.daypass.engine.ssh.key.SshPublicKey;
import io.daypass.plugin.Invalid;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Table;
import io.daypass.plugin.Watchable;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The keys of a mount's CA. Hosts trust all that aren't retired; one signs. A new one is added, is trusted by the hosts as
 * they fetch {@code public_key}, and is then put to work: no login fails meanwhile.
 */
public final class Authority {
    private static final Comparator<Map.Entry<String, CaEntry>> NEWEST_FIRST = Comparator.comparing(
                    (Map.Entry<String, CaEntry> each) ->
                            each.getValue().signsSince().orElse(Instant.MIN))
            .reversed()
            .thenComparing(Map.Entry::getKey);

    private final Table<CaEntry> table;
    /** Parsing a private key costs more than signing with it. */
    private final Map<String, CaKey> parsed = new ConcurrentHashMap<>();

    private final Map<String, SshPublicKey> parsedPublic = new ConcurrentHashMap<>();

    /** @param mount where the keys are kept */
    public Authority(Mount mount) {
        table = mount.table("ca", CaEntry.class);
    }

    /** What changes when a key is added, put to work or retired. */
    public Watchable watched() {
        return table;
    }

    /** The key that signs, by name. Reads memory. */
    public Optional<String> active() {
        return entries()
                .filter(each -> !each.getValue().isRetired()
                        && each.getValue().signsSince().isPresent())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * The same.
     *
     * @throws Invalid if there is none yet
     */
    public String required() {
        return active().orElseThrow(() -> new Invalid("config/ca", "there is no CA key yet; write config/ca first"));
    }

    /** The public half of a key. Reads memory. */
    public SshPublicKey publicKey(String name) {
        CaEntry entry = table.named(name);
        return parsedPublic.computeIfAbsent(name, missing -> entry.key());
    }

    /** A key that isn't retired, ready to sign. */
    public CaKey key(String name) {
        CaEntry entry = table.named(name);
        Secret text = entry.privateKey().orElseThrow(() -> new Invalid("config/ca", "the key " + name + " is retired"));
        return parsed.computeIfAbsent(
                name, missing -> new CaKey(PrivateKeyText.read("private_key", text, Secret.of(""))).proven());
    }

    /** The keys that hosts should trust, the one that signs first. */
    public List<SshPublicKey> trusted() {
        return entries()
                .filter(each -> !each.getValue().isRetired())
                .map(each -> each.getValue().key())
                .toList();
    }

    /** All keys, retired ones too: what they signed may still be valid. */
    public List<SshPublicKey> all() {
        return entries().map(each -> each.getValue().key()).toList();
    }

    private Stream<Map.Entry<String, CaEntry>> entries() {
        return table.all().entrySet().stream().sorted(NEWEST_FIRST);
    }

    /** What an operator sees; empty if there is nothing. */
    Optional<CaShown> shown() {
        Optional<String> active = active();
        List<CaShown.Key> keys = entries()
                .map(each -> new CaShown.Key(
                        each.getKey(),
                        state(each, active),
                        each.getValue().publicKey(),
                        each.getValue().key().fingerprint(),
                        each.getValue().createdAt()))
                .toList();
        String publicKey = active.map(name -> table.named(name).publicKey()).orElse("");
        return keys.isEmpty() ? Optional.empty() : Optional.of(new CaShown(publicKey, keys));
    }

    private static String state(Map.Entry<String, CaEntry> each, Optional<String> active) {
        if (each.getValue().isRetired()) {
            return "retired";
        }
        if (active.isPresent() && active.get().equals(each.getKey())) {
            return "active";
        }
        return each.getValue().signsSince().isPresent() ? "previous" : "next";
    }

    /**
     * Adds a key.
     *
     * @param check any number, for the format that it is stored in
     * @param signsSince empty: it is trusted, and waits
     */
    void add(SshKeyPair pair, int check, Instant now, Optional<Instant> signsSince) {
        String name = HexFormat.of().formatHex(pair.publicKey().sha256(), 0, 6);
        if (table.find(name).isPresent()) {
            throw new Invalid("private_key", "this key is here already, as " + name);
        }
        Secret text = PrivateKeyText.write(pair, check, "");
        table.put(name, new CaEntry(pair.publicKey().line(), Optional.of(text), now, signsSince));
    }

    /** Puts a key to work. */
    void activate(String name, Instant now) {
        if (entry(name).isRetired()) {
            throw new Invalid("name", "the key " + name + " is retired");
        }
        table.update(name, entry -> entry.signingSince(now));
    }

    /** The one key that waits. */
    String waiting() {
        List<String> waiting = entries()
                .filter(each -> !each.getValue().isRetired()
                        && each.getValue().signsSince().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        if (waiting.size() != 1) {
            throw new Invalid(
                    "name",
                    waiting.isEmpty() ? "no key waits; write config/ca/next first" : "several keys wait; name one");
        }
        return waiting.get(0);
    }

    /** Forgets the private half of a key: hosts should trust it no more, but what it signed stays on the list. */
    void retire(String name) {
        entry(name);
        table.update(name, CaEntry::retired);
        parsed.remove(name);
    }

    /** Retires all keys. */
    void retireAll() {
        table.all().keySet().forEach(this::retire);
    }

    /** Takes a retired key off the revocation list. */
    void forget(String name) {
        if (!entry(name).isRetired()) {
            throw new Invalid("name", "the key " + name + " isn't retired");
        }
        table.remove(name);
    }

    /** What an operator names. */
    private CaEntry entry(String name) {
        return table.find(name)
                .orElseThrow(() -> new Invalid("name", "there is no CA key of that name; config/ca shows them"));
    }
}
