package io.daypass.broker.mount.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.api.ApiException;
import io.daypass.plugin.Default;
import io.daypass.plugin.Kept;
import io.daypass.plugin.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinderTest {
    private static final JsonMapper JSON = new JsonMapper();

    enum Owned {
        REASSIGN,
        DROP
    }

    record Pool(@Default("4") int open, @Default("1h") Duration life) {}

    record Role(
            String dbName,
            @Default("1h") Duration defaultTtl,
            @Default("true") boolean verify,
            long size,
            Secret password,
            Optional<String> note,
            List<String> statements,
            Map<String, String> options,
            @Default("reassign") Owned owned,
            Optional<Pool> pool,
            @Kept Optional<Secret> next) {}

    private final Binder<Role> binder = new Binder<>(Role.class);

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private Role bind(String text, @Nullable Role existing) {
        return binder.bind(json(text), existing, Set.of()).value();
    }

    private Role least() {
        return bind("{'db_name':'shop','size':1,'password':'old'}", null);
    }

    private List<String> problems(String text) {
        return assertThrows(ApiException.class, () -> bind(text, null)).errors();
    }

    @Test
    void bind_whatIsLeftOut_takesItsDefault() {
        Role role = least();
        assertEquals(Duration.ofHours(1), role.defaultTtl());
        assertTrue(role.verify());
        assertEquals(List.of(), role.statements());
        assertEquals(Optional.empty(), role.pool());
        assertEquals(Owned.REASSIGN, role.owned());
    }

    @Test
    void bind_textForNumbersAndBooleans_isRead() {
        Role role = bind("{'db_name':'a','size':'12','password':'p','verify':'false','default_ttl':'90'}", null);
        assertEquals(12, role.size());
        assertFalse(role.verify());
        assertEquals(Duration.ofSeconds(90), role.defaultTtl());
    }

    @Test
    void bind_aSingleText_isAListOfOne() {
        Role role = bind("{'db_name':'a','size':1,'password':'p','statements':'GRANT a, b TO c'}", null);
        assertEquals(List.of("GRANT a, b TO c"), role.statements());
    }

    @Test
    void bind_overAnExistingEntry_keepsWhatIsAbsentAndResetsNull() {
        Role before = bind("{'db_name':'a','size':7,'password':'p','default_ttl':'2h','pool':{'open':9}}", null);
        Role after = bind("{'size':8,'default_ttl':null,'pool':{'life':'3h'}}", before);
        assertEquals("a", after.dbName());
        assertEquals(8, after.size());
        assertEquals("p", after.password().reveal());
        assertEquals(Duration.ofHours(1), after.defaultTtl());
        assertEquals(4, after.pool().orElseThrow().open());
    }

    @Test
    void bind_nullForWhatIsRequired_isAProblem() {
        ApiException refused = assertThrows(ApiException.class, () -> bind("{'db_name':null}", least()));
        assertEquals(List.of("db_name: is required"), refused.errors());
    }

    @Test
    void bind_severalProblems_areToldAtOnce() {
        List<String> problems = problems("{'db_name':{},'size':-1,'password':5,'default_ttl':'soon'}");
        assertEquals(4, problems.size());
        assertTrue(problems.get(0).startsWith("db_name: must be a string"), problems.toString());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "size,9223372036854775808",
                "size,-1",
                "size,1.5",
                "size,'NaN'",
                "size,true",
                "verify,'perhaps'",
                "statements,[1]",
                "options,[]",
                "options,{'a':1}",
                "options,{'a':'\\ud800'}",
                "db_name,'a\\ud800b'",
                "owned,'burn'",
                "default_ttl,-5",
                "default_ttl,'-5s'",
                "default_ttl,1e30",
                "pool,{'open':2147483648}",
                "note,'a\\u0000b'",
            })
    void bind_whatDoesNotFit_isRefusedNamingTheField(String field, String value) {
        String text = "{'db_name':'a','size':1,'password':'p','" + field + "':" + value + "}";
        List<String> problems = problems(text.replace("'size':1,", field.equals("size") ? "" : "'size':1,"));
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.get(0).startsWith(field), problems.toString());
    }

    @Test
    void bind_problems_neverRepeatAValue() {
        String text = problems("{'db_name':'a','size':'hunter2','password':['hunter2'],'verify':'hunter2'}")
                .toString();
        assertFalse(text.contains("hunter2"), text);
    }

    @Test
    void bind_unknownFields_areWarnedOfWithTheNearestName() {
        List<String> warnings = binder.bind(
                        json("{'db_name':'a','size':1,'password':'p','defualt_ttl':1,'zzz\\n':2}"), null, Set.of())
                .warnings();
        assertEquals(
                List.of(
                        "unknown field 'defualt_ttl' is ignored; did you mean default_ttl?",
                        "unknown field 'zzz?' is ignored"),
                warnings);
    }

    @Test
    void bind_whatIsKept_cantBeSetButIsCarriedOver() {
        Role role = least();
        Role rotating = new Role(
                role.dbName(),
                role.defaultTtl(),
                role.verify(),
                role.size(),
                role.password(),
                role.note(),
                role.statements(),
                role.options(),
                role.owned(),
                role.pool(),
                Optional.of(Secret.of("next")));
        Role after = bind("{'size':2,'next':'mine'}", rotating);
        assertEquals("next", after.next().orElseThrow().reveal());
    }

    @Test
    void shown_hasNeitherSecretsNorWhatIsKept() {
        Role role = binder.restore(binder.stored(least()).put("next", "secret-next"));
        String shown = binder.shown(role).toString();
        assertFalse(shown.contains("old") || shown.contains("next") || shown.contains("password"), shown);
        assertTrue(shown.contains("\"default_ttl\":3600"), shown);
    }

    @Test
    void stored_isRestoredExactly() {
        Role role = bind(
                "{'db_name':'a','size':1,'password':'p','default_ttl':'1500ms','options':{'b':'1','a':'2'},"
                        + "'pool':{},'owned':'drop','note':'n'}",
                null);
        assertEquals(role, binder.restore(binder.stored(role)));
    }

    @Test
    void restore_fromAnotherVersion_passesOverTheUnknownAndFillsTheAbsent() {
        Role role = binder.restore(json("{'db_name':'a','size':1,'password':'p','gone':{}}"));
        assertEquals(Duration.ofHours(1), role.defaultTtl());
    }

    @Test
    void answered_anEmptySecret_isRefused() {
        Role role = binder.restore(binder.stored(least()).put("password", ""));
        assertThrows(EmptySecretException.class, () -> binder.answered(role));
    }

    @Test
    void secrets_areFoundWhereverTheyAre() {
        Role role = binder.restore(binder.stored(least()).put("next", "n"));
        assertEquals(Set.of("old", "n"), binder.secrets(role));
    }

    record Odd(double rate) {}

    @Test
    void binder_ofATypeThatCantBeBound_isRefused() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> new Binder<>(Odd.class));
        assertTrue(String.valueOf(refused.getMessage()).startsWith("Odd.rate is a double"));
    }

    record BadDefault(@Default("soon") Duration ttl) {}

    @Test
    void binder_ofADefaultThatCantBeRead_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Binder<>(BadDefault.class));
    }

    record Strict(String name) {
        Strict {
            if (name.isBlank()) {
                throw new IllegalArgumentException("name: must not be blank");
            }
        }
    }

    @Test
    void bind_whatTheConstructorRefuses_isAProblem() {
        Binder<Strict> strict = new Binder<>(Strict.class);
        ApiException refused =
                assertThrows(ApiException.class, () -> strict.bind(json("{'name':' '}"), null, Set.of()));
        assertEquals(List.of("name: must not be blank"), refused.errors());
    }
}
