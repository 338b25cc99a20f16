package io.daypass.broker.seal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/** The file of the seal {@code file}: 32 bytes in hexadecimal digits or base64, for nobody's eyes but ours. */
final class KeyFile {
    private static final int MAX_SIZE = 256;
    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{64}");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{43}=");
    private static final Set<PosixFilePermission> PRIVATE =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private KeyFile() {}

    /**
     * @return 32 bytes
     * @throws SealException if the file is not there, not ours alone, or holds no key
     */
    static byte[] read(Path file) {
        try {
            checkOursAlone(file);
            try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
                return key(file, new String(in.readNBytes(MAX_SIZE), StandardCharsets.US_ASCII).strip());
            }
        } catch (NoSuchFileException e) {
            throw new SealException("the key file " + file + " is not there. If this broker was initialised before,"
                    + " bring that file back: nothing can be read without it. If not, make one:"
                    + " (umask 077; openssl rand -hex 32 > " + file + ")");
        } catch (IOException e) {
            throw new SealException("the key file " + file + " can't be read: " + e.getMessage(), e);
        }
    }

    private static void checkOursAlone(Path file) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isSymbolicLink()) {
            throw new SealException("the key file " + file + " is a symbolic link; name the file itself");
        }
        if (!attributes.isRegularFile()) {
            throw new SealException("the key file " + file + " is not a file");
        }
        if (!PRIVATE.containsAll(attributes.permissions())) {
            throw new SealException("the key file " + file + " has the mode "
                    + PosixFilePermissions.toString(attributes.permissions())
                    + ", so others than its owner can use it: chmod 600 " + file
                    + ", and think about who may have read it");
        }
        // The owner of /proc/self is who we are, also where no name goes with the number.
        Object owner = Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        Object self =
                Files.exists(Path.of("/proc/self")) ? Files.getAttribute(Path.of("/proc/self"), "unix:uid") : owner;
        if (!owner.equals(self)) {
            throw new SealException(
                    "the key file " + file + " belongs to uid " + owner + ", but we run as uid " + self + ": chown it");
        }
    }

    private static byte[] key(Path file, String text) {
        if (HEX.matcher(text).matches()) {
            return HexFormat.of().parseHex(text);
        }
        if (BASE64.matcher(text).matches()) {
            return Base64.getDecoder().decode(text);
        }
        throw new SealException("the key file " + file + " holds no key of 32 bytes: it must be 64 hexadecimal digits"
                + " or 44 characters of base64, as `openssl rand -hex 32` writes them");
    }
}
