package io.daypass.example.sessions;

import io.daypass.hmac.client.KeySet;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A small app with log-in. Its sessions live in the cookie alone: there is no table of them, and any number of these apps
 * accept each other's. {@code POST /login?user=NAME} begins one (a real app asks for a password here), {@code GET /me}
 * needs one, {@code POST /logout} forgets it.
 *
 * <p>The manual of session keys says how to run it. {@code DAYPASS_HMAC} is where the engine is, {@code DAYPASS_ROLE} whose
 * keys, {@code DAYPASS_TOKEN} the token, and the argument the port.
 */
public final class SessionApp {
    private static final String COOKIE = "session";
    private static final Duration SESSION = Duration.ofHours(1);
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_.@-]{1,64}");

    private final KeySet keys;

    /** @param keys sign and check the sessions */
    public SessionApp(KeySet keys) {
        this.keys = keys;
    }

    /** Runs it until it is ended. */
    public static void main(String... arguments) throws InterruptedException {
        Map<String, String> env = System.getenv();
        URI mount = URI.create(env.getOrDefault("DAYPASS_HMAC", "http://127.0.0.1:8200/v1/hmac"));
        String role = env.getOrDefault("DAYPASS_ROLE", "web");
        KeySet keys = KeySet.of(mount, role, () -> env.getOrDefault("DAYPASS_TOKEN", ""))
                .signing()
                .open();
        if (!keys.await(Duration.ofSeconds(10))) {
            throw new IllegalStateException("no keys: " + keys.problem().orElse("the broker has not answered yet"));
        }
        int port = arguments.length == 0 ? 8080 : Integer.parseInt(arguments[0]);
        new SessionApp(keys).listen(Vertx.vertx(), port).onFailure(failed -> keys.close());
    }

    /** Listens on this machine. */
    public Future<HttpServer> listen(Vertx vertx, int port) {
        return vertx.createHttpServer().requestHandler(this::serve).listen(port, "127.0.0.1");
    }

    private void serve(HttpServerRequest request) {
        switch (request.method() + " " + request.path()) {
            case "POST /login" -> logIn(request);
            case "GET /me" -> me(request);
            case "POST /logout" -> answer(request, 200, "bye", cookie("").setMaxAge(0));
            default -> answer(request, 404, "there is /login, /me and /logout");
        }
    }

    private void logIn(HttpServerRequest request) {
        String user = request.getParam("user", "");
        if (!USER.matcher(user).matches()) {
            answer(request, 400, "user: a name is expected");
            return;
        }
        String token;
        try {
            token = keys.sign(user.getBytes(StandardCharsets.UTF_8), SESSION);
        } catch (IllegalStateException noKey) {
            answer(request, 503, "nobody can log in just now; try again in a moment");
            return;
        }
        answer(request, 200, "hello " + user, cookie(token).setMaxAge(SESSION.toSeconds()));
    }

    private void me(HttpServerRequest request) {
        Cookie cookie = request.getCookie(COOKIE);
        Optional<byte[]> user = cookie == null ? Optional.empty() : keys.verify(cookie.getValue());
        if (user.isPresent()) {
            answer(request, 200, new String(user.get(), StandardCharsets.UTF_8));
        } else {
            answer(request, 401, "log in", cookie("").setMaxAge(0));
        }
    }

    /** Not for scripts, and not for other sites. Where the app is reached by TLS, as it should be, also: {@code Secure}. */
    private static Cookie cookie(String token) {
        return Cookie.cookie(COOKIE, token)
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.LAX)
                .setPath("/");
    }

    private static void answer(HttpServerRequest request, int status, String text, Cookie... cookies) {
        for (Cookie cookie : cookies) {
            request.response().addCookie(cookie);
        }
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .end(text + "\n");
    }
}
