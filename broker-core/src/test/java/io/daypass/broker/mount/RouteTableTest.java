package io.daypass.broker.mount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Route;
import io.daypass.broker.api.Verb;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private final RouteTable table = new RouteTable(List.of(
            route(Verb.READ, "roles/{role}"),
            route(Verb.LIST, "roles"),
            route(Verb.READ, "roles/special"),
            route(Verb.WRITE, "roles/{name}/check"),
            route(Verb.LIST, "lookup/{prefix...}"),
            route(Verb.READ, "creds/{role}"),
            route(Verb.WRITE, "lookup")));

    private static Route route(Verb verb, String pattern) {
        return Route.of(verb, pattern, call -> Future.succeededFuture(Reply.none()));
    }

    private RouteTable.Match find(Verb verb, String path) {
        return table.find(verb, List.of(path.split("/", -1)), 0);
    }

    private static String pattern(RouteTable.Match match) {
        Route route = match.route();
        assertNotNull(route);
        return route.pattern();
    }

    @Test
    void find_aLiteral_beforeAVariable() {
        assertEquals("roles/special", pattern(find(Verb.READ, "roles/special")));
        assertEquals(Map.of("role", "other"), find(Verb.READ, "roles/other").variables());
    }

    @Test
    void find_goesBack_whereALiteralLeadsNowhere() {
        RouteTable.Match match = find(Verb.WRITE, "roles/special/check");
        assertEquals("roles/{name}/check", pattern(match));
        assertEquals(Map.of("name", "special"), match.variables());
    }

    @Test
    void find_theRest_takesAtLeastOneSegment() {
        assertEquals(Map.of("prefix", "a/b/c"), find(Verb.LIST, "lookup/a/b/c").variables());
        assertNull(find(Verb.LIST, "lookup").route());
    }

    @Test
    void find_anotherVerb_isKnown() {
        RouteTable.Match match = find(Verb.DELETE, "roles/x");
        assertNull(match.route());
        assertTrue(match.known());
        assertFalse(find(Verb.READ, "nothing").known());
        assertFalse(find(Verb.READ, "roles/x/y/z").known());
    }

    @Test
    void find_listOfWhatHasSomethingBelow_isKnown() {
        assertTrue(find(Verb.LIST, "creds").known());
        assertFalse(find(Verb.READ, "creds").known());
        assertFalse(find(Verb.LIST, "nothing").known());
    }

    @Test
    void find_fromALaterSegment_matchesTheTail() {
        RouteTable.Match match = table.find(Verb.READ, List.of("team", "db", "roles", "r"), 2);
        assertEquals(Map.of("role", "r"), match.variables());
    }

    @Test
    void build_ofTwoAlike_isRefused() {
        List<Route> twice = List.of(route(Verb.READ, "a/{b}"), route(Verb.READ, "a/{c}"));
        assertThrows(IllegalArgumentException.class, () -> new RouteTable(twice));
    }
}
