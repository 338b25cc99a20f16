package io.daypass.config;

import java.time.Duration;
import java.util.Optional;

/**
 * Where requests come in.
 *
 * @param address of the one listener
 * @param tls empty: plain HTTP
 * @param maxBody the largest body of a request
 * @param maxHeader the largest head of a request
 * @param headTimeout how long a client may take to ask
 * @param bodyTimeout how long a client may take to send what it asks with
 * @param maxConnections clients at once
 * @param initFrom who may initialise the broker
 */
public record Listen(
        @Key(
                value = "Address and port; port 0 takes any that is free, and the log says which.",
                otherwise = "127.0.0.1:8200")
        HostPort address,

        @Key("Without it, requests come by plain HTTP, which is refused unless the address is this machine's own"
                + " (loopback).")
        Optional<Tls> tls,

        @Key(
                value = "The largest body of a request; above it the answer is 413.",
                otherwise = "32MiB",
                min = "1KiB",
                max = "256MiB")
        Size maxBody,

        @Key(
                value = "The largest head of a request, all headers together; above it the answer is 431.",
                otherwise = "16KiB",
                min = "1KiB",
                max = "1MiB")
        Size maxHeader,

        @Key(
                value =
                        "How long a client may take from connecting to the end of its first request's head, TLS included;"
                                + " then the connection is closed. Between requests it may be silent for 120 s.",
                otherwise = "10s",
                min = "1s",
                max = "2m")
        Duration headTimeout,

        @Key(
                value = "How long the body of a request may take to come; then the connection is closed.",
                otherwise = "1m",
                min = "1s",
                max = "1h")
        Duration bodyTimeout,

        @Key(
                value = "Clients connected at once; the next is hung up on. Each takes a file descriptor and, while its"
                        + " request's head comes in, up to `max_header` of memory.",
                otherwise = "4096",
                min = "1",
                max = "1000000")
        int maxConnections,

        @Key(
                value = "From where `sys/init` is answered: whoever comes first gets the keys and the root token.",
                otherwise = "loopback")
        InitFrom initFrom) {}
