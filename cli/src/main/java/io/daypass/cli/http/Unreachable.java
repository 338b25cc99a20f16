package io.daypass.cli.http;

import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Says why there is no answer at all. */
final class Unreachable {
    private Unreachable() {}

    static Failure because(IOException broken, Call call, Target target) {
        String at = target.address().toString();
        if (broken instanceof SSLException distrust) {
            return distrusted(distrust, target);
        }
        String why = why(broken, target);
        String what = "can't " + call.verb().word() + " " + call.path() + ": " + at + " " + why;
        if (broken instanceof SocketTimeoutException && call.verb() != Verb.READ) {
            return Failure.because(
                    broken, Exit.BUSY, what, "it may have been done or not; look before you do it again");
        }
        return Failure.because(
                broken,
                Exit.BUSY,
                what,
                "daypass context show --origin   # the address comes from " + target.origin(),
                hint(broken, target));
    }

    private static String hint(IOException broken, Target target) {
        boolean answered = !(broken instanceof UnknownHostException
                || broken instanceof NoRouteToHostException
                || broken instanceof SocketTimeoutException
                || broken instanceof ConnectException);
        if (answered && "http".equals(target.address().getScheme())) {
            return "use https:// in the address, if the broker speaks TLS";
        }
        return target.origin().equals("context dev")
                ? "daypass server --dev   # in another shell, if the one that wrote it is gone"
                : "see whether the broker runs, and whether the address is its own";
    }

    private static String why(IOException broken, Target target) {
        if (broken instanceof UnknownHostException) {
            return "is unknown: no host of that name";
        }
        if (broken instanceof NoRouteToHostException) {
            return "can't be reached: no route to it";
        }
        if (broken instanceof SocketTimeoutException) {
            return "did not answer within " + target.readTimeout().toSeconds() + " s";
        }
        if (broken instanceof ConnectException) {
            return "can't be reached: nothing listens there";
        }
        return "broke the connection off before it answered";
    }

    private static Failure distrusted(SSLException broken, Target target) {
        String said = String.valueOf(broken.getMessage());
        if (said.contains("unrecognized SSL message") || said.contains("plaintext")) {
            return Failure.because(
                    broken,
                    Exit.LOCAL,
                    target.address() + " doesn't speak TLS",
                    "if that is meant, as in dev mode, use http:// in the address, which comes from "
                            + target.origin());
        }
        return Failure.because(
                broken,
                Exit.LOCAL,
                "the certificate of " + target.address() + " isn't trusted: " + said,
                "give the authority that signed it: --ca-cert FILE or DAYPASS_CACERT",
                "daypass operator tls-init   makes an authority and a certificate");
    }
}
