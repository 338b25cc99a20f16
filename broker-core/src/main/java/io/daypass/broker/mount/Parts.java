package io.daypass.broker.mount;

import io.daypass.broker.mount.lane.Threads;
import io.daypass.broker.plugin.Engines;
import io.daypass.broker.policy.PasswordPolicy;
import io.daypass.broker.seal.Barrier;
import io.daypass.lease.Store;
import io.daypass.lease.Terms;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What mounts work with.
 *
 * @param store what is kept
 * @param barrier what seals it
 * @param ids makes the ids of leases
 * @param engines what plugins add
 * @param passwords finds a password policy by its name
 * @param random the one source of it, fit for secrets
 * @param clock the store's, so that a lease is due by the clock that it was begun by
 * @param terms the numbers of a lease's life
 * @param limits the numbers of mounts
 * @param threads what blocking code runs on
 */
public record Parts(
        Store store,
        Barrier barrier,
        LeaseIds ids,
        Engines engines,
        Function<String, Optional<PasswordPolicy>> passwords,
        RandomGenerator random,
        InstantSource clock,
        Terms terms,
        MountTerms limits,
        Threads threads) {}
