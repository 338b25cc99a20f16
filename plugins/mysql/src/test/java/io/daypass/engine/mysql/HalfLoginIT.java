package io.daypass.engine.mysql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.source.MySqlSource;
import io.daypass.plugin.database.User;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A user that is in the middle of logging in, and takes its time, while it is ended. */
@ParameterizedClass
@EnumSource(names = {"MARIADB_INSTALLED", "MARIADB_11_4"})
class HalfLoginIT {
    private final Shop shop;

    HalfLoginIT(MySqlSource source) throws IOException {
        shop = Shop.of(source);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void login_thatIsLeftAlone_getsIn() throws Exception {
        User user = shop.created();
        try (HalfLogin login = new HalfLogin(shop.server.port())) {
            assertTrue(login.prove(Shop.PASSWORD, login.name(user.name())));
        }
        shop.drop(user);
    }

    @Test
    void login_thatHasSaidItsName_getsInNoMore() throws Exception {
        User user = shop.created();
        try (HalfLogin login = new HalfLogin(shop.server.port())) {
            byte[] scramble = login.name(user.name());
            shop.drop(user);
            assertFalse(login.prove(Shop.PASSWORD, scramble));
        }
        assertEquals(List.of(), shop.sessions(user.name()));
    }

    @Test
    void login_thatHasSaidNothingYet_getsInNoMore() throws Exception {
        User user = shop.created();
        try (HalfLogin login = new HalfLogin(shop.server.port())) {
            shop.drop(user);
            assertThrows(IOException.class, () -> login.name(user.name()));
        }
        assertEquals(List.of(), shop.sessions("unauthenticated user"));
    }
}
