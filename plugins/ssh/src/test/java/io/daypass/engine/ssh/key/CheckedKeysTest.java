package io.daypass.engine.ssh.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.daypass.engine.ssh.Seeded;
import io.daypass.plugin.Invalid;
import org.junit.jupiter.api.Test;

class CheckedKeysTest {
    private static final SshPublicKey KEY = Seeded.pair("ed25519", 0, 1).publicKey();

    private final CheckedKeys keys = new CheckedKeys(new PublicKeyReader("public_key"));

    @Test
    void read_again_isTheSame() {
        assertSame(keys.read(KEY.line()), keys.read(KEY.line()));
        assertEquals(KEY, keys.read(KEY.line()));
    }

    @Test
    void read_ofWhatIsRefused_isRefusedEachTime() {
        assertThrows(Invalid.class, () -> keys.read("ssh-ed25519 AAAA"));
        assertThrows(Invalid.class, () -> keys.read("ssh-ed25519 AAAA"));
    }

    @Test
    void read_ofManyTexts_forgetsTheOldest() {
        SshPublicKey first = keys.read(KEY.line());
        for (int i = 0; i < 4_096; i++) {
            keys.read(KEY.line() + " comment" + i);
        }
        assertNotSame(first, keys.read(KEY.line()));
    }

    @Test
    void read_ofALongText_isNotKept() {
        String line = KEY.line() + " " + "x".repeat(1_024);
        assertNotSame(keys.read(line), keys.read(line));
    }
}
