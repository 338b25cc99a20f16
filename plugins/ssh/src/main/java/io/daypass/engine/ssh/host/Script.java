package io.daypass.engine.ssh.host;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What runs on a host whose login may run commands: one shell command that locks the file by {@code flock}, and edits it
 * in place. The lock ends with the process that holds it, whatever becomes of the broker; the host's own clock decides
 * whether a line may still be put there. A file that is replaced meanwhile is seen by comparing the path with what is open.
 */
final class Script {
    /** The file is a link, or no plain file. */
    static final int LINK = 91;
    /** There is no such file. */
    static final int MISSING = 92;
    /** The deadline has passed there. */
    static final int LATE = 93;
    /** It can't be locked, or was replaced while it was. */
    static final int REPLACED = 94;
    /** There is no {@code flock} there. */
    static final int NO_FLOCK = 95;
    /** It is somebody else's, who could lead the login elsewhere by a link. */
    static final int OTHERS = 97;

    private Script() {}

    /** Ends well only if the line is in the file, on the disk. */
    static String append(String file, String line, Instant deadline, long waitSeconds) {
        return opened(file, waitSeconds)
                + "[ \"$(date +%s)\" -le " + deadline.getEpochSecond() + " ] || exit " + LATE + "; "
                + "l=" + quoted(line) + "; "
                // One write: whoever else appends can't come between a line end that is missing and our line.
                + "if [ -s \"$f\" ] && [ -n \"$(tail -c 1 \"$f\")\" ]; then printf '\\n%s\\n' \"$l\" >&9; "
                + "else printf '%s\\n' \"$l\" >&9; fi || exit 96; "
                + "sync \"$f\" || sync; "
                + "[ \"$f\" -ef /dev/fd/9 ] || exit " + REPLACED;
    }

    /**
     * Overwrites each line that bears the mark with blanks, which sshd skips: no other byte is touched, whoever else edits.
     * Prints the host's time in seconds.
     */
    static String blank(String file, String mark, long waitSeconds) {
        return opened(file, waitSeconds)
                + "m=" + quoted(mark) + "; "
                + "exec 8<>\"$f\" || exit 96; [ /dev/fd/8 -ef /dev/fd/9 ] || exit " + REPLACED + "; "
                + "grep -a -b -F -e \"$m\" /dev/fd/8 | while IFS=: read -r at line; do "
                + "line=${line%\"$(printf '\\r')\"}; "
                // Opened anew for each: on what is open already dd would count from where the last one ended.
                + "printf \"%${#line}s\" '' | dd of=/dev/fd/8 bs=1 seek=\"$at\" conv=notrunc 2>/dev/null || exit 96; "
                + "done || exit 96; "
                + "sync \"$f\" || sync; "
                // What grep can't print, or dd can't write, is never taken for gone.
                + "grep -q -F -e \"$m\" \"$f\" && exit 96; "
                + "[ \"$f\" -ef /dev/fd/9 ] || exit " + REPLACED + "; date +%s";
    }

    /** Prints the last word of each line that may be ours, without a lock: it only looks. */
    static String marks(String file) {
        return found(file)
                + "grep -a -o -E -e ' d-[a-z0-9_-]+[[:space:]]*$' \"$f\"; s=$?; "
                // 1: there is none.
                + "[ $s -le 1 ] || exit 96";
    }

    /** The operator's own command, which hears these and is heard by its exit status alone. */
    static String with(List<String> environment, String command) {
        return environment.stream().map(each -> "export " + quoted(each) + "; ").collect(Collectors.joining())
                + "cd; sh -c " + quoted(command) + " >/dev/null 2>&1 </dev/null";
    }

    /** Says where the file is, unless it can't be edited there. */
    private static String found(String file) {
        return "LC_ALL=C; export LC_ALL; cd || exit 96; f=" + quoted(file) + "; "
                + "[ -L \"$f\" ] && exit " + LINK + "; "
                + "[ -e \"$f\" ] || exit " + MISSING + "; "
                + "[ -f \"$f\" ] || exit " + LINK + "; ";
    }

    /** Opens the file for appending as 9, and locks it. */
    private static String opened(String file, long waitSeconds) {
        return found(file)
                + "[ -O \"$f\" ] || exit " + OTHERS + "; "
                + "command -v flock >/dev/null || exit " + NO_FLOCK + "; "
                + "exec 9>>\"$f\" || exit 96; "
                + "flock -w " + waitSeconds + " 9 || exit " + REPLACED + "; "
                + "[ -L \"$f\" ] && exit " + REPLACED + "; "
                + "[ \"$f\" -ef /dev/fd/9 ] || exit " + REPLACED + "; ";
    }

    /** As one word of a shell. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
