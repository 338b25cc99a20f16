package io.daypass.plugin;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.pf4j.ExtensionPoint;

/**
 * Where an engine declares what it serves, and what it works with. The declaring methods are called from
 * {@link Engine#open} only; afterwards they throw {@link IllegalStateException}.
 *
 * <p>Paths are relative to the mount. A segment in braces, {@code roles/{role}}, is a variable.
 */
public interface Mount {
    /**
     * Declares entries that are created, read, listed and deleted over HTTP. They are bound from JSON component by
     * component, kept sealed, and held in memory.
     *
     * @param path such as {@code roles/{role}}; without a variable there is one entry
     * @param entry the record; each component bears a {@link Doc}
     * @return the entries, as the engine reads them
     */
    default <T extends Record> Table<T> collection(String path, Class<T> entry) {
        return collection(path, entry, (name, newest, deadline) -> List.of());
    }

    /**
     * The same, with a check that each entry must pass before it is stored.
     *
     * @param check runs on the lane; what it answers is given to the writer as warnings
     */
    default <T extends Record> Table<T> collection(String path, Class<T> entry, Check<T> check) {
        return collection(path, entry, check, entry, shown -> shown);
    }

    /**
     * The same, where a reader is shown another shape than what is written.
     *
     * @param check runs on the lane; what it answers is given to the writer as warnings
     * @param shown what a read answers; its secrets and what is {@link Kept} are left out all the same
     * @param show computes it from the entry; does no I/O
     */
    <T extends Record, S extends Record> Table<T> collection(
            String path, Class<T> entry, Check<T> check, Class<S> shown, Function<T, S> show);

    /**
     * Declares entries of the engine's own, which nobody sees over HTTP.
     *
     * @param name of lower-case letters, digits and dashes
     * @param entry the record
     */
    <T extends Record> Table<T> table(String name, Class<T> entry);

    /**
     * Declares a kind of lease {@linkplain Leases#withoutEffect without effect} outside, and with nothing to be done when
     * it ends.
     *
     * @param kind its name, kept with every lease
     * @param handle what identifies it
     */
    <H extends Record> Leases<H> leases(String kind, Class<H> handle);

    /**
     * Declares a kind of lease and how it ends.
     *
     * @param kind its name, kept with every lease; a handle that changes in a way that its record can't bind is a new
     *     kind
     * @param handle what {@code revoke} needs, a record without secrets
     * @param revoke takes the credential away; idempotent, right after any prefix of a mint, and never cut short by
     *     "absent"
     */
    default <H extends Record> Leases<H> leases(String kind, Class<H> handle, Revoke<H> revoke) {
        return leases(kind, handle, (ended, cause, deadline) -> revoke.revoke(ended, deadline));
    }

    /**
     * The same for a kind whose end depends on its cause. (Where {@link Leases#revokeAll} is declared, that is called
     * instead.)
     *
     * @param end like {@code revoke}; of a kind {@linkplain Leases#withoutEffect without effect} not called when a lease
     *     expires
     */
    <H extends Record> Leases<H> leases(String kind, Class<H> handle, End<H> end);

    /**
     * Declares an operation without parameters and without an answer: POST, 204.
     *
     * @param path such as {@code reset/{name}}
     */
    Route action(String path, Run run);

    /**
     * Declares an operation: POST.
     *
     * @param path such as {@code verify/{role}}
     * @param params the record that the request's body is bound to
     * @param answer what the caller gets as {@code data}, secrets included
     */
    <P extends Record, A extends Record> Route action(
            String path, Class<P> params, Class<A> answer, Action<P, A> action);

    /**
     * Declares something to be read: GET.
     *
     * @param answer what the caller gets as {@code data}, without secrets
     */
    <A extends Record> Route read(String path, Class<A> answer, Read<A> read);

    /**
     * Declares a secret to be read from what the mount keeps: GET. Nothing of the answer is kept, and it waits for no target.
     *
     * @param path such as {@code static-creds/{role}}
     * @param answer what the caller gets as {@code data}, secrets included
     * @param read from tables alone
     */
    <A extends Record> Route reveal(String path, Class<A> answer, Read<A> read);

    /** Declares something to be removed: DELETE, 204. */
    Route remove(String path, Run run);

    /**
     * Declares a document that anybody may read without a token: GET. It is kept until what it is made from changes (a
     * minute at the most), has an {@code ETag}, and answers 304 to whoever has it already. However many read it, it is made
     * once, and waits for none of the mount's targets.
     *
     * @param path such as {@code krl}
     * @param contentType of the bytes
     * @param bytes makes it, from nothing but what it is {@code of}; not on a lane, but it may block
     * @param of what it is made from
     */
    void document(String path, String contentType, Read<byte[]> bytes, Watchable... of);

    /**
     * Declares an answer that is read again and again: GET with a token. Like {@link #document}, and with {@code
     * ?wait=30s&after=VERSION} (the ETag without its quotes) it is answered as soon as it is another one; 304 if it isn't by
     * then. Whoever waits holds no thread, and gets nothing if their token ends meanwhile.
     *
     * @param path such as {@code keyset/{role}}
     * @param answer what the caller gets as {@code data}, secrets included
     */
    <A extends Record> void watched(String path, Class<A> answer, Read<A> read, Watchable... of);

    /**
     * Does something to an entry whenever it is due: one task an entry at a time, whatever brokers there are, on the lane.
     * The entry is read anew before the task runs, which is called only if that is due too, and is expected to write it
     * back, due later. What fails, leaves it due, or is broken off by the end of the broker, is done again from its
     * beginning, ever more rarely: a task must come to the same end whatever it had come to before. An entry that is due when it is written over HTTP is served before its writer
     * is answered; if that fails, they are warned.
     *
     * @param due when, from the entry; empty: never. Looked at every second, and as entries change
     * @return to have it done at once
     */
    <T extends Record> Due whenDue(Table<T> entries, Function<T, Optional<Instant>> due, Task<T> task);

    /**
     * Says in which target the entries of a table are at home, each in one: what is due to them, and what is asked for by
     * their names, runs in that target's lane. So a target that hangs holds up nothing but its own.
     *
     * @param entries of a collection; its variable is called the same in the paths of operations
     * @param targets the table whose entries are targets
     * @param name of the target, from the entry. Does no I/O
     */
    <T extends Record> void home(Table<T> entries, Table<?> targets, Function<T, String> name);

    /**
     * Says what whoever deletes an entry is told as a warning.
     *
     * @param entries of a collection
     * @param warning from the entry as it was
     */
    <T extends Record> void deletionWarns(Table<T> entries, Function<T, String> warning);

    /**
     * Gathers the mint steps that wait for one target together into one call.
     *
     * @param most the longest list
     * @param alike items are put into one list only if this answers equal keys for them
     * @param mintAll mints all or nothing: on {@link Refused} the broker tries each alone; on anything else none counts
     *     as minted and all are revoked later
     */
    <I, A extends Record> Batch<I, A> batch(int most, Function<I, Object> alike, MintAll<I, A> mintAll);

    /**
     * Keeps one resource, such as a connection pool, for each entry of a table; made at first use, made anew when the
     * entry changes, closed when the calls under way have returned.
     */
    <T extends Record, R extends AutoCloseable> Resources<R> perEntry(Table<T> table, Function<T, R> open);

    /**
     * Declares something that an operator watches, of each target: it is among the broker's metrics as
     * {@code daypass.target.NAME}, labelled by mount and target.
     *
     * @param name in lower case, words parted by dots, with its unit at the end: {@code clock.ahead.seconds}
     * @param about one line that says what it is
     * @param read by the names of targets; what it was when last measured. Called whenever metrics are read, on an event
     *     loop: it reads memory, and is refused what a draft is refused
     */
    void gauge(String name, String about, Supplier<Map<String, Double>> read);

    /**
     * What other plugins add at an extension point of this API, asked anew at each call.
     *
     * @return one instance of each, made by its constructor
     */
    <E extends ExtensionPoint> List<E> extensions(Class<E> point);

    /**
     * Draws a password. Refused in a draft.
     *
     * @param length in characters
     * @param alphabet the characters to draw from, without repetition
     */
    Secret password(int length, String alphabet);

    /**
     * Reads a template for names as {@link Request#name(int, String)} will, for an entry that holds one to be refused
     * when it is written.
     *
     * @throws Invalid if it can't be read
     */
    void checkNameTemplate(String template);

    /**
     * Draws a password by the named entry of {@code sys/policies/password}. Refused in a draft.
     *
     * @throws Invalid if there is no such policy
     */
    Secret password(String policy);

    /**
     * How many random bits a password of the named policy holds: its length times the bits of one character. Reads
     * memory, but is refused in a draft like the drawing itself.
     *
     * @throws Invalid if there is no such policy
     */
    double passwordBits(String policy);

    /** Draws random bytes from the broker's own source. Refused in a draft. */
    byte[] random(int bytes);

    /** The broker's clock. Refused in a draft, which has {@link Request#now}. */
    InstantSource clock();

    /**
     * A key for a lock in the target, so that a mint and a revocation of one handle exclude each other: a MAC of the
     * name under a key of the broker, which whoever holds the credential can't guess.
     */
    long lockKey(String name);

    /** Checks an entry before it is stored. */
    interface Check<T extends Record> {
        /**
         * @param name of the entry; empty where there is only one
         * @param entry as it would be stored
         * @return warnings for the writer
         * @throws Invalid if it must not be stored
         */
        List<String> check(String name, T entry, Deadline deadline) throws Exception;
    }

    /** Ends a lease in the target. */
    interface Revoke<H> {
        /**
         * Returns only when nothing of it is left. A target that can't be seen is not absence: throw.
         *
         * @param handle as it was drafted
         */
        void revoke(H handle, Deadline deadline) throws Exception;
    }

    /** Ends a lease in the target, knowing why. */
    interface End<H> {
        /**
         * Returns only when nothing of it is left. A target that can't be seen is not absence: throw.
         *
         * @param handle as it was drafted
         * @param cause the same at every attempt
         */
        void end(H handle, Cause cause, Deadline deadline) throws Exception;
    }

    /** Reads something. */
    interface Read<A> {
        /**
         * @param call what the path said
         * @return empty: 404
         */
        Optional<A> read(Call call, Deadline deadline) throws Exception;
    }

    /** An operation with parameters and an answer. */
    interface Action<P, A> {
        /**
         * @param call what the path said
         * @param params from the request's body
         */
        A run(Call call, P params, Deadline deadline) throws Exception;
    }

    /** Does what is due. */
    interface Task<T> {
        /**
         * @param name of the entry
         * @param newest the entry as it was read just now
         */
        void run(String name, T newest, Deadline deadline) throws Exception;
    }

    /** What is done to the entries of a table when it is due. Made by {@link #whenDue}. */
    interface Due {
        /**
         * Does now what is due to an entry, under the claim that it is always done under, for whoever waits for it. If it is
         * being done already, waits for that. Blocks; refused in a draft.
         *
         * @throws Unavailable if another has it in hand for longer than that, or left it due; else whatever the task threw. It
         *     is done again then, as ever
         */
        void now(String name, Deadline deadline) throws Exception;
    }

    /** An operation that answers nothing. */
    interface Run {
        /** @param call what the path said */
        void run(Call call, Deadline deadline) throws Exception;
    }

    /** What an operation's path said. */
    interface Call {
        /** The value of a variable of the path. */
        String at(String variable);
    }

    /** Mints several at once, all or nothing. */
    interface MintAll<I, A> {
        /**
         * @param items at least one, alike
         * @param deadline the earliest of theirs
         * @return an answer for each item, in their order
         */
        List<A> mintAll(List<I> items, Deadline deadline) throws Exception;
    }
}
