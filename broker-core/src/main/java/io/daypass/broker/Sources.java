package io.daypass.broker;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Where time and chance come from: made once, in {@code Main}, and handed down.
 *
 * @param clock the machine's
 * @param random fit for secrets, for any thread
 * @param keys for keys
 * @param uuids names for requests
 */
public record Sources(InstantSource clock, RandomGenerator random, SecureRandom keys, Supplier<String> uuids) {}
