package io.daypass.engine.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.plugin.Invalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://{{username}}:{{password}}@db.example.com:6432/shop?sslmode=require",
                "postgres://{{username}}:{{password}}@db.example.com:6432/shop?sslmode=require",
                "jdbc:postgresql://db.example.com:6432/shop?user={{username}}&password={{password}}&sslmode=require",
                "postgresql://db.example.com:6432/shop?sslmode=require&connectTimeout=3&ApplicationName=daypass",
                "postgresql://{{username}}@db.example.com:6432/%73hop?sslmode=require"
            })
    void parse_readsTheParts(String url) {
        ConnectionUrl parsed = ConnectionUrl.parse(url);
        assertEquals("db.example.com", parsed.hostNames());
        assertEquals("6432", parsed.ports());
        assertEquals("shop", parsed.database());
        assertEquals(new UrlOptions("require", 3, "daypass"), parsed.options());
    }

    @Test
    void parse_withoutPort_takesTheUsualOne() {
        assertEquals("5432", ConnectionUrl.parse("postgresql://localhost/shop").ports());
    }

    @Test
    void parse_takesAddresses() {
        assertEquals("::1", ConnectionUrl.parse("postgresql://[::1]:5433/shop").hostNames());
        assertEquals(
                "127.0.0.1", ConnectionUrl.parse("postgresql://127.0.0.1/shop").hostNames());
    }

    @Test
    void parse_takesSeveralHosts_andWhetherOnePortServes() {
        ConnectionUrl url = ConnectionUrl.parse("postgresql://a,b:5433/shop?targetServerType=primary");
        assertEquals("a,b", url.hostNames());
        assertEquals("5432,5433", url.ports());
        assertFalse(url.hasOnePort());
        assertTrue(ConnectionUrl.parse("postgresql://a:1,b:1/shop").hasOnePort());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    postgresql://broker:s3cret@localhost/shop | {{username}}:{{password}}
                    postgresql://broker@localhost/shop | {{username}}:{{password}}
                    postgresql://{{username}}:s3cret@localhost/shop | {{username}}:{{password}}
                    postgresql://localhost/shop?user=broker&password=s3cret | option user only as
                    postgresql://localhost/shop?password=s3cret | option password only as
                    mysql://localhost/shop | must look like
                    postgresql://localhost | must look like
                    postgresql://localhost/ | names no database
                    postgresql://localhost:0/shop | port
                    postgresql://localhost:65536/shop | port
                    postgresql://localhost:a/shop | host
                    postgresql://a b/shop | host
                    postgresql://a,/shop | host
                    postgresql://{{username}}/shop | host
                    postgresql://localhost/{{username}} | database name
                    postgresql://localhost/a%0Ab | control characters
                    postgresql://localhost/a%zz | hexadecimal
                    postgresql://localhost/a/b | must look like
                    postgresql://localhost/shop#x | must look like
                    postgresql://localhost/shop?socketFactory=x | socketFactory, which is not among
                    postgresql://localhost/shop?loggerFile=x | loggerFile
                    postgresql://localhost/shop?authenticationPluginClassName=x | authenticationPluginClassName
                    postgresql://localhost/shop?sslMode=require | did you mean sslmode?
                    postgresql://localhost/shop?connect_timeout=1 | did you mean connectTimeout?
                    postgresql://localhost/shop?sslrootcert=/etc/passwd | tls_ca
                    postgresql://localhost/shop?sslmode=on | verify-full
                    postgresql://localhost/shop?sslmode=require&sslmode=disable | twice
                    postgresql://localhost/shop?connectTimeout=0 | between 1 and 60
                    postgresql://localhost/shop?targetServerType=secondary | targetServerType=primary
                    """)
    void parse_refusesTheRest_sayingWhat(String url, String says) {
        Invalid thrown = assertThrows(Invalid.class, () -> ConnectionUrl.parse(url));
        String text = String.valueOf(thrown.getMessage());
        assertTrue(text.contains(says), text);
        assertFalse(text.contains("s3cret"), text);
        assertEquals("connection_url", thrown.field());
    }
}
