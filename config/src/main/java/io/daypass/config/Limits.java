package io.daypass.config;

import java.time.Duration;

/**
 * What a mount gets unless it is tuned, and how late things may be.
 *
 * @param laneCalls calls under way in a lane, unless its target has a number of its own
 * @param laneQueue calls that wait for one
 * @param mountCalls calls under way in all lanes of a mount
 * @param mintDeadline how long a credential may take to be made
 * @param defaultLeaseTtl a lease's time, where neither role nor mount says one
 * @param maxLeaseTtl the longest time of any lease
 * @param slack how long after its time a lease is ended
 * @param margin how long after its deadline a mint counts as over
 */
public record Limits(
        @Key(
                value = "Calls to one target under way at a time, where the target has no number of its own"
                        + " (a database connection has: `max_open_connections`).",
                otherwise = "4",
                min = "1",
                max = "1024")
        int laneCalls,

        @Key(
                value = "Calls that may wait for one of those; the next is answered 429.",
                otherwise = "256",
                min = "1",
                max = "65536")
        int laneQueue,

        @Key(
                value = "Calls to all targets of one mount under way at a time, no fewer than `lane_calls`. One target"
                        + " gets at most half of them, whatever its own number, so that the others still"
                        + " get some while it hangs.",
                otherwise = "256",
                min = "1",
                max = "4096")
        int mountCalls,

        @Key(
                value = "How long a target may take to make a credential; later it refuses to, the answer is 502,"
                        + " and what may have been made is taken away.",
                otherwise = "10s",
                min = "1s",
                max = "10m")
        Duration mintDeadline,

        @Key(
                value = "How long a lease lives where neither its role nor its mount says. No longer than"
                        + " `max_lease_ttl`.",
                otherwise = "768h",
                min = "1s",
                max = "87600h")
        Duration defaultLeaseTtl,

        @Key(
                value = "The longest that any lease lives, renewals included; roles and mounts can only shorten"
                        + " it.",
                otherwise = "768h",
                min = "1s",
                max = "87600h")
        Duration maxLeaseTtl,

        @Key(
                value = "How long after its time a lease is ended, and the credential's own end is set: so that"
                        + " nobody loses access before the time that was promised.",
                otherwise = "2s",
                min = "0s",
                max = "1m")
        Duration slack,

        @Key(
                value = "How long after `mint_deadline` nothing can be made any more, whatever the target's"
                        + " clock. Until then the row of an answer that went missing stays, and is taken away"
                        + " again.",
                otherwise = "60s",
                min = "0s",
                max = "1h")
        Duration margin) {}
