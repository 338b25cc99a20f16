package io.daypass.engine.mysql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.plugin.Invalid;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionUrlTest {
    @ParameterizedTest
    @CsvSource({
        "{{username}}:{{password}}@tcp(127.0.0.1:3307)/, 127.0.0.1, 3307, ''",
        "{{username}}:{{password}}@tcp(db.example.com)/shop, db.example.com, 3306, shop",
        "{{username}}@tcp([::1]:3306)/, ::1, 3306, ''",
        "tcp(db:1)/a%20b?parseTime=true, db, 1, a b",
        "mysql://{{username}}:{{password}}@db:3307/shop, db, 3307, shop",
        "mariadb://db, db, 3306, ''",
        "jdbc:mysql://db/shop?user={{username}}&password={{password}}, db, 3306, shop",
        "jdbc:mariadb://[fe80::1]/, fe80::1, 3306, ''",
    })
    void url_isReadIntoItsParts(String url, String host, int port, String database) {
        ConnectionUrl read = ConnectionUrl.parse(url);
        assertEquals(host, read.host());
        assertEquals(port, read.port());
        assertEquals(database, read.database());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "root:secret-word@tcp(127.0.0.1:3306)/",
                "mysql://root:secret-word@db/shop",
                "{{username}}:{{password}}@unix(/run/mysqld/mysqld.sock)/",
                "{{username}}:{{password}}@tcp(a,b)/",
                "mysql://a,b/shop",
                "mysql://address=(host=a)(allowLoadLocalInfile=true)/shop",
                "mysql://(host=a,autoDeserialize=true)/shop",
                "jdbc:mysql:loadbalance://a/shop",
                "jdbc:mysql+srv://a/shop",
                "mysql://db:0/",
                "mysql://db:65536/",
                "mysql://db/shop?allowLoadLocalInfile=true",
                "mysql://db/shop?AllowLoadLocalInfile=true",
                "mysql://db/shop?autoDeserialize=true",
                "mysql://db/shop?queryInterceptors=com.mysql.cj.jdbc.interceptors.ServerStatusDiffInterceptor",
                "mysql://db/shop?socketFactory=x",
                "mysql://db/shop?sslMode=DISABLED&propertiesTransform=x",
                "mysql://db/shop?allow%4CoadLocalInfile=true",
                "mysql://db/shop%?x",
                "mysql://db/{{username}}",
                "mysql://db/shop?tls=custom",
                "mysql://db/shop?tls=true&sslMode=DISABLED",
                "mysql://db/shop?tls=true&tls=false",
                "mysql://db/shop?timeout=1h",
                "mysql://db/shop?connectTimeout=0",
                "mysql://db/shop?timeout=61s",
                "mysql://db/shop?password=secret-word",
                "mysql://db/shop#x",
            })
    void url_thatIsNotExpected_isInvalid_withoutWhatMayBeAPassword(String url) {
        Invalid invalid = assertThrows(Invalid.class, () -> ConnectionUrl.parse(url));
        assertEquals("connection_url", invalid.field());
        assertFalse(String.valueOf(invalid.getMessage()).contains("secret-word"));
    }

    @Test
    void option_thatIsNearlyOne_isNamed() {
        Invalid invalid = assertThrows(Invalid.class, () -> ConnectionUrl.parse("mysql://db/?sslmod=REQUIRED"));
        assertTrue(String.valueOf(invalid.getMessage()).contains("did you mean sslMode?"), invalid.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "sslMode=VERIFY_IDENTITY, VERIFY_IDENTITY",
        "sslMode=verify-ca, VERIFY_CA",
        "sslMode=verify-full, VERIFY_IDENTITY",
        "sslMode=trust, REQUIRED",
        "tls=true, VERIFY_IDENTITY",
        "tls=skip-verify, REQUIRED",
        "tls=preferred, PREFERRED",
        "tls=false, DISABLED",
    })
    void mode_isKnownByTheNamesOfAllDrivers(String option, SslMode mode) {
        assertEquals(
                Optional.of(mode),
                ConnectionUrl.parse("mysql://db/?" + option).options().sslMode());
    }

    @Test
    void mode_verifiesWhereThereAreCertificates() {
        assertEquals(SslMode.PREFERRED, SslMode.of(Optional.empty(), ""));
        assertEquals(SslMode.VERIFY_IDENTITY, SslMode.of(Optional.empty(), "certificates"));
    }

    @ParameterizedTest
    @CsvSource({"timeout=500ms, 500", "timeout=7s, 7000", "connectTimeout=1500, 1500", "'', 3000"})
    void timeout_isOfEitherDriver(String option, long millis) {
        assertEquals(
                Duration.ofMillis(millis),
                ConnectionUrl.parse("mysql://db/?" + option).options().connectTimeout());
    }
}
