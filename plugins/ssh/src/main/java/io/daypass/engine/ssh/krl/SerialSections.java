package io.daypass.engine.ssh.krl;

import io.daypass.engine.ssh.wire.SshWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.PrimitiveIterator;

/**
 * Writes ascending serials in few bytes. PROTOCOL.krl has three ways: a list (8 bytes a serial), a range (21 bytes,
 * whatever its length), a bitmap (17 bytes, and a bit for each serial between its first and its last).
 *
 * <p>Serials that follow each other make a run. A long run is a range of its own. Short ones that lie so close that a bitmap
 * pays for the gaps gather in a cluster, which is then written in the way that is shortest for it; clusters that come as
 * lists share one list. So this needs memory for one list only, and is never longer than a list of everything by more
 * than a header or two.
 */
final class SerialSections {
    private static final int LIST = 0x20;
    private static final int RANGE = 0x21;
    private static final int BITMAP = 0x22;

    private static final int HEADER_BYTES = 5;
    private static final int LISTED_BYTES = 8;
    private static final int RANGE_BYTES = HEADER_BYTES + 16;
    private static final int BITMAP_BYTES = HEADER_BYTES + 12;

    /** From here on a gap in a bitmap costs more than an entry in a list. */
    private static final int WIDEST_GAP = 8 * LISTED_BYTES;
    /** From here on a run is shorter as a range, even if that cuts a bitmap in two. */
    private static final int LONG_RUN = 8 * (RANGE_BYTES + BITMAP_BYTES);
    /** OpenSSH reads no number of more than 16,384 bits. */
    private static final int WIDEST_BITMAP = 16_384 - 8;

    /** From the first to the last, both included. */
    private record Run(long first, long last) {
        /** Never overflows: serials are above 0. */
        long length() {
            return last - first + 1;
        }
    }

    private final SshWriter out;
    private final List<Run> cluster = new ArrayList<>();
    private final SshWriter list = new SshWriter();
    private long clusterSize;

    SerialSections(SshWriter out) {
        this.out = out;
    }

    void write(PrimitiveIterator.OfLong serials) {
        long first = serials.nextLong();
        long last = first;
        if (first <= 0) {
            throw new IllegalArgumentException("serials are above 0");
        }
        while (serials.hasNext()) {
            long next = serials.nextLong();
            if (next <= last) {
                throw new IllegalArgumentException("serials come in ascending order");
            }
            if (next != last + 1) {
                add(new Run(first, last));
                first = next;
            }
            last = next;
        }
        add(new Run(first, last));
        closeCluster();
        closeList();
    }

    private void add(Run run) {
        if (run.length() > LONG_RUN) {
            closeCluster();
            range(run);
            return;
        }
        if (!cluster.isEmpty()) {
            long gap = run.first() - cluster.get(cluster.size() - 1).last();
            boolean fits = run.last() - cluster.get(0).first() < WIDEST_BITMAP;
            if (gap > WIDEST_GAP || !fits) {
                closeCluster();
            }
        }
        cluster.add(run);
        clusterSize += run.length();
    }

    private void closeCluster() {
        if (cluster.isEmpty()) {
            return;
        }
        Run first = cluster.get(0);
        long span = cluster.get(cluster.size() - 1).last() - first.first() + 1;
        // What ends a list that is under way costs that list's next header too.
        long listed = LISTED_BYTES * clusterSize;
        long bitmap = BITMAP_BYTES + span / 8 + 1 + (list.size() > 0 ? HEADER_BYTES : 0);
        long range = cluster.size() == 1 ? RANGE_BYTES + (list.size() > 0 ? HEADER_BYTES : 0) : Long.MAX_VALUE;
        if (listed <= bitmap && listed <= range) {
            cluster.forEach(run -> {
                for (long i = 0; i < run.length(); i++) {
                    list.u64(run.first() + i);
                }
            });
        } else if (range <= bitmap) {
            range(first);
        } else {
            bitmap(first.first());
        }
        cluster.clear();
        clusterSize = 0;
    }

    private void range(Run run) {
        closeList();
        out.u8(RANGE).nested(new SshWriter().u64(run.first()).u64(run.last()));
    }

    private void bitmap(long offset) {
        closeList();
        BitSet bits = new BitSet();
        for (Run run : cluster) {
            bits.set((int) (run.first() - offset), (int) (run.last() - offset) + 1);
        }
        byte[] littleEndian = bits.toByteArray();
        byte[] bytes = new byte[littleEndian.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = littleEndian[bytes.length - 1 - i];
        }
        out.u8(BITMAP).nested(new SshWriter().u64(offset).mpint(new BigInteger(1, bytes)));
    }

    private void closeList() {
        if (list.size() > 0) {
            out.u8(LIST).nested(list);
            list.clear();
        }
    }
}
