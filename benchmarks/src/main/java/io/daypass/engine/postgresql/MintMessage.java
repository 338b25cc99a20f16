package io.daypass.engine.postgresql;

import io.daypass.plugin.database.Creation;
import io.daypass.plugin.database.NewUser;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The message by which the broker creates users, for the yardstick that sends it without a broker. It lives in the
 * plugin's package, since the statement is made there and is nobody else's business otherwise.
 */
public final class MintMessage {
    private MintMessage() {}

    /**
     * Computes the verifiers and writes the statement, as the plugin does for each call.
     *
     * @param random answers so many bytes
     * @param deadline the fence
     */
    public static String of(Creation creation, List<NewUser> users, IntFunction<byte[]> random, Instant deadline) {
        List<String> verifiers = users.stream()
                .map(user -> ScramVerifier.of(
                        user.password(), random.apply(ScramVerifier.SALT_BYTES), creation.scramIterations()))
                .toList();
        return MintSql.of(creation, users, verifiers, deadline);
    }
}
