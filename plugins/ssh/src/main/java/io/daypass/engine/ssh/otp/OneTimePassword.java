package io.daypass.engine.ssh.otp;

import io.daypass.plugin.Doc;

/** A one-time password that was given out: the handle of its lease. */
public record OneTimePassword(
        @Doc("SHA-256 of it, in hexadecimal") String hash,
        @Doc("Who may log in with it") String username,
        @Doc("On which host") String ip,
        @Doc("By which role it was given out") String role) {}
