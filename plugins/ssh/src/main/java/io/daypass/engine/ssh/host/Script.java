package io.daypass.engine.ssh.host;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What runs on a host whose login may run commands: one shell command that locks the file by {@code flock}, and edits it
 * in place. The lock ends with the process that holds it, whatever becomes of the broker; the host's own clock decides
 * whether a line may still be put there. A file that is replaced meanwhile is seen by comparing the path with what is open.
 */
final class Script {
    private static final Pattern MARK = Pattern.compile("[A-Za-z0-9_-]+");

    /** For reading and writing at any place; opened anew, since on what is open dd would count from where it is. */
    private static final String OPEN_TO_OVERWRITE = "exec 8<>\"$f\" || exit " + Trouble.FAILED.status()
            + "; [ /dev/fd/8 -ef /dev/fd/9 ] || exit " + Trouble.REPLACED.status() + "; ";

    private static final String SYNC = "sync \"$f\" || sync; ";

    private static final String STILL_THERE = "[ \"$f\" -ef /dev/fd/9 ] || exit " + Trouble.REPLACED.status() + "; ";

    private Script() {}

    /**
     * Ends well only if the line is in the file, on the disk. A line of blanks that was ours is used again, so that the file
     * stays as long as it has to be; else the line is appended. A blank goes before it, so that one as long fits in its place.
     */
    static String append(String file, String line, Instant deadline, long waitSeconds) {
        return opened(file, waitSeconds)
                + OPEN_TO_OVERWRITE
                + "[ \"$(date +%s)\" -le " + deadline.getEpochSecond() + " ] || exit " + Trouble.LATE.status() + "; "
                + "l=" + quoted(line) + "; "
                + "set -- $(grep -a -b -e \"^$(printf '\\t') *\\$\" \"$f\" | while IFS=: read -r at blank; do "
                + "if [ \"${#blank}\" -gt \"${#l}\" ]; then echo \"$at ${#blank}\"; break; fi; done); "
                // A comment until it is complete: no part of it is ever in force.
                + "if [ $# -eq 2 ]; then printf \"#%$(($2 - 1))s\" \"$l\" " + putAt("$1") + SYNC
                + "printf ' ' " + putAt("$1")
                // One write: whoever else appends can't come between a line end that is missing and our line.
                + "elif [ -s \"$f\" ] && [ -n \"$(tail -c 1 \"$f\")\" ]; then printf '\\n %s\\n' \"$l\" >&9; "
                + "else printf ' %s\\n' \"$l\" >&9; fi || exit " + Trouble.FAILED.status() + "; "
                + SYNC
                + "grep -a -q -F -e \"$l\" \"$f\" || exit " + Trouble.REPLACED.status() + "; "
                + STILL_THERE;
    }

    /**
     * Overwrites each line that bears the mark with blanks, which sshd skips: no other byte is touched, whoever else edits.
     * The first of them is a tab, which is how a line that may be used again is known. Prints the host's time in seconds.
     */
    static String blank(String file, String mark, long waitSeconds) {
        return opened(file, waitSeconds)
                + "m=" + quoted(mark) + "; "
                + OPEN_TO_OVERWRITE
                + "grep -a -b -F -e \"$m\" /dev/fd/8 | while IFS=: read -r at line; do "
                + "line=${line%\"$(printf '\\r')\"}; "
                // A comment at once: with its options half gone it would let in more than before.
                + "printf '#' " + putAt("$at")
                + "printf \"%$((${#line} - 1))s\" '' " + putAt("$((at + 1))")
                + "printf '\\t' " + putAt("$at")
                + "done || exit " + Trouble.FAILED.status() + "; "
                + SYNC
                // What grep can't print, or dd can't write, is never taken for gone.
                + "grep -q -F -e \"$m\" \"$f\" && exit " + Trouble.FAILED.status() + "; "
                + STILL_THERE + "date +%s";
    }

    /**
     * Makes a comment of our line with this mark, and prints its key in base64 and how many other lines have that key; or
     * nothing, if there is no such line. What was made a comment is found again.
     */
    static String disarm(String file, String mark, long waitSeconds) {
        if (!MARK.matcher(mark).matches()) {
            throw new IllegalArgumentException("no mark");
        }
        return opened(file, waitSeconds)
                + OPEN_TO_OVERWRITE
                + "k=$(tr -d '\\r' <\"$f\" | sed -n 's/^.* \\([A-Za-z0-9+\\/=]\\{1,\\}\\) " + mark
                + "[[:space:]]*$/\\1/p' | head -n 1); "
                + "[ -n \"$k\" ] || exit 0; "
                + "grep -a -b -F -e \" $k " + mark + "\" /dev/fd/8 | while IFS=: read -r at line; do "
                + "printf '#' " + putAt("$at") + "done || exit " + Trouble.FAILED.status() + "; "
                + SYNC + STILL_THERE
                + "echo \"$k $(grep -a -F -e \"$k\" \"$f\" | grep -a -c -v '^[[:space:]]*#')\"";
    }

    /** Prints the last word of each line that may be ours, without a lock: it only looks. */
    static String marks(String file) {
        return found(file)
                + "grep -a -o -E -e ' d-[a-z0-9_-]+[[:space:]]*$' \"$f\"; s=$?; "
                // 1: there is none.
                + "[ $s -le 1 ] || exit " + Trouble.FAILED.status();
    }

    /** The operator's own command, which hears these and is heard by its exit status alone. */
    static String with(List<String> environment, String command) {
        return environment.stream().map(each -> "export " + quoted(each) + "; ").collect(Collectors.joining())
                + "cd; sh -c " + quoted(command) + " >/dev/null 2>&1 </dev/null";
    }

    /** Says where the file is, unless it can't be edited there. */
    private static String found(String file) {
        return "LC_ALL=C; export LC_ALL; cd || exit " + Trouble.FAILED.status() + "; f=" + quoted(file) + "; "
                + "[ -L \"$f\" ] && exit " + Trouble.LINK.status() + "; "
                + "[ -e \"$f\" ] || exit " + Trouble.MISSING.status() + "; "
                + "[ -f \"$f\" ] || exit " + Trouble.LINK.status() + "; ";
    }

    /** Opens the file for appending as 9, and locks it. */
    private static String opened(String file, long waitSeconds) {
        return found(file)
                + "[ -O \"$f\" ] || exit " + Trouble.OTHERS.status() + "; "
                + "command -v flock >/dev/null || exit " + Trouble.NO_FLOCK.status() + "; "
                + "exec 9>>\"$f\" || exit " + Trouble.FAILED.status() + "; "
                + "flock -w " + waitSeconds + " 9 || exit " + Trouble.REPLACED.status() + "; "
                + "[ -L \"$f\" ] && exit " + Trouble.REPLACED.status() + "; "
                + STILL_THERE;
    }

    /** Has what is piped into it overwrite as many bytes, from a place on. */
    private static String putAt(String place) {
        return "| dd of=/dev/fd/8 bs=1 seek=\"" + place + "\" conv=notrunc 2>/dev/null || exit "
                + Trouble.FAILED.status() + "; ";
    }

    /** As one word of a shell. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
