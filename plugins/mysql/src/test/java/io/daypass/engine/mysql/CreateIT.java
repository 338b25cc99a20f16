package io.daypass.engine.mysql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.source.MySqlSource;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Refused;
import io.daypass.plugin.Unavailable;
import io.daypass.plugin.database.Creation;
import io.daypass.plugin.database.Target;
import io.daypass.plugin.database.User;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Users as they are made. */
@ParameterizedClass
@EnumSource
class CreateIT {
    private final Shop shop;

    CreateIT(MySqlSource source) throws IOException {
        shop = Shop.of(source);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void list_isMadeTogether_andEachMayWhatTheRoleSays() throws Exception {
        List<User> users = Shop.users(20);
        Creation creation = Shop.creation("""
                CREATE USER '{{name}}'@'%' IDENTIFIED BY '{{password}}' WITH MAX_USER_CONNECTIONS 3;
                # a comment; with a semicolon
                GRANT SELECT ON shop.* TO '{{name}}'@'%' -- and ; another
                """);
        shop.create(creation, users, shop.soon());
        for (User user : users) {
            assertEquals("pen", item(user));
        }
        shop.drop(users.toArray(User[]::new));
        assertTrue(users.stream().noneMatch(shop::exists));
    }

    @Test
    void hosts_areAsTheRoleSays_andAllGo() throws Exception {
        User user = Shop.user();
        Creation creation = Shop.creation(
                "CREATE USER '{{name}}'@'10.0.0.0/255.0.0.0' IDENTIFIED BY '{{password}}'",
                "CREATE USER `{{name}}`@localhost IDENTIFIED BY '{{password}}'",
                "CREATE USER \"{{name}}\" IDENTIFIED BY '{{password}}'");
        shop.create(creation, user);
        assertEquals(List.of("%", "10.0.0.0/255.0.0.0", "localhost"), shop.hosts(user));
        shop.drop(user);
        assertEquals(List.of(), shop.hosts(user));
    }

    @Test
    void role_canBeGranted() throws Exception {
        List<User> users = Shop.users(3);
        shop.create(Shop.creation(Shop.CREATE, "GRANT readonly TO '{{name}}'@'%'"), users, shop.soon());
        for (User user : users) {
            try (Connection login = shop.login(user);
                    Statement statement = login.createStatement()) {
                assertThrows(SQLException.class, () -> statement.execute("SELECT name FROM shop.item"));
                statement.execute("SET ROLE readonly");
                statement.execute("SELECT name FROM shop.item");
            }
        }
        shop.drop(users.toArray(User[]::new));
    }

    @Test
    void userThatIsThere_isRefused_andLeftAlone() throws Exception {
        User user = Shop.user();
        User other = Shop.user();
        shop.execute("CREATE USER '" + user.name() + "'@'%' IDENTIFIED BY 'of-somebody-else'");
        Refused refused = assertThrows(Refused.class, () -> shop.create(Shop.CREATION, other, user));
        assertTrue(Shop.text(refused).contains("there is a user " + user.name() + " already"), Shop.text(refused));
        assertFalse(shop.exists(other));
        shop.server.connect(user.name(), "of-somebody-else").close();
        shop.execute("DROP USER '" + user.name() + "'@'%'");
    }

    @Test
    void userThatIsThere_fromAnotherHost_goesWithTheLeaseThatBearsItsName() throws Exception {
        User user = Shop.user();
        shop.execute("CREATE USER '" + user.name() + "'@'10.1.1.1' IDENTIFIED BY 'of-somebody-else'");
        shop.create(Shop.CREATION, user);
        shop.login(user).close();
        shop.drop(user);
        assertEquals(List.of(), shop.hosts(user));
    }

    @Test
    void refused_tellsNeitherThePassword_norTheStatementItIsIn() throws Exception {
        User user = Shop.user();
        for (String wrong : List.of(
                "CREATE USER '{{name}}'@'%' IDENTIFIED BYE '{{password}}'",
                "CREATE USER '{{name}}'@'%' IDENTIFIED BY '{{password}}' AND MORE OF IT, SO THAT IT IS CUT OFF SOMEWHERE",
                "CREATE USER '{{name}}'@'%' IDENTIFIED WITH no_such_plugin BY '{{password}}'")) {
            Refused refused = assertThrows(Refused.class, () -> shop.create(Shop.creation(wrong), user));
            for (Throwable each = refused; each != null; each = each.getCause()) {
                assertFalse(each.toString().contains(Shop.PASSWORD.substring(0, 8)), each.toString());
            }
            assertFalse(shop.exists(user));
        }
    }

    @Test
    void refusedHalfWay_leavesNothing_ofAList() throws Exception {
        List<User> users = Shop.users(5);
        Creation creation = Shop.creation(Shop.CREATE, Shop.GRANT, "GRANT SELECT ON no_such.thing TO '{{name}}'@'%'");
        Refused refused = assertThrows(Refused.class, () -> shop.create(creation, users, shop.soon()));
        assertTrue(Shop.text(refused).contains("SQLSTATE 42"), Shop.text(refused));
        assertTrue(users.stream().noneMatch(shop::exists));
    }

    @Test
    void statementsThatMakeNoUser_areRefused() throws Exception {
        User user = Shop.user();
        Creation none = Shop.creation("SELECT 1 FROM (SELECT '{{name}}' AS name) AS nobody");
        assertThrows(Refused.class, () -> shop.create(none, user));
    }

    @Test
    void afterItsDeadline_byTheServersClock_isUnavailable() throws Exception {
        User user = Shop.user();
        InstantSource behind = () -> InstantSource.system().instant().minusSeconds(6);
        Deadline passed = new Deadline(InstantSource.system().instant().minusSeconds(1), behind);
        assertThrows(Unavailable.class, () -> shop.create(Shop.CREATION, List.of(user), passed));
        assertFalse(shop.exists(user));
    }

    @Test
    void twoCreationsOfOneName_neverBothAnswerWell() throws Exception {
        User user = shop.created();
        assertThrows(Refused.class, () -> shop.create(Shop.CREATION, user));
        shop.login(user).close();
        shop.drop(user);
    }

    @Test
    void target_isTheSameForEachConnection_andForTheNextServerOfItsData() throws Exception {
        Target first = shop.database.target(shop.soon());
        try (Shop other = Shop.of(shop.server, shop.server.port(), shop.clock)) {
            assertEquals(first.identity(), other.database.target(other.soon()).identity());
        }
        assertEquals(List.of(), first.warnings());
        assertEquals(
                List.of("daypass-server-" + first.identity()),
                shop.ask("SELECT User FROM mysql.user WHERE User LIKE 'daypass-server-%'"));
    }

    private String item(User user) throws SQLException {
        try (Connection login = shop.login(user);
                Statement statement = login.createStatement();
                ResultSet row = statement.executeQuery("SELECT name FROM shop.item")) {
            assertTrue(row.next());
            return row.getString(1);
        }
    }
}
