package io.daypass.broker.mount;

import io.daypass.broker.mount.draw.PasswordPolicies;
import io.daypass.broker.mount.lane.Threads;
import io.daypass.broker.plugin.Engines;
import io.daypass.broker.seal.Barrier;
import io.daypass.lease.Store;
import io.daypass.lease.Terms;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * What mounts work with.
 *
 * @param vertx whose contexts futures complete on
 * @param store what is kept
 * @param barrier what seals it
 * @param ids makes the ids of leases
 * @param engines what plugins add
 * @param passwords the policies of passwords
 * @param random the one source of it
 * @param clock the store's, so that a lease is due by the clock that it was begun by
 * @param terms the numbers of a lease's life
 * @param limits the numbers of mounts
 * @param threads what blocking code runs on
 */
public record Parts(
        Vertx vertx,
        Store store,
        Barrier barrier,
        Ids ids,
        Engines engines,
        PasswordPolicies passwords,
        SecureRandom random,
        InstantSource clock,
        Terms terms,
        MountTerms limits,
        Threads threads) {}
