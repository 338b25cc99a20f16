package io.daypass.lease.sqlite;

import io.daypass.lease.Cause;
import io.daypass.lease.LeaseFilter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Revokes all leases that match, tokens first since more could be issued with them: found by a reader a page at a time,
 * ended by the writer a portion at a time, so that nobody waits long for either.
 */
final class ManyRevoked {
    private static final int PAGE = 1024;

    private final Writer writer;
    private final Readers readers;
    private final Dictionary dictionary;
    private final Steps steps;
    private final int portion;

    ManyRevoked(Writer writer, Readers readers, Dictionary dictionary, Steps steps, int portion) {
        this.writer = writer;
        this.readers = readers;
        this.dictionary = dictionary;
        this.steps = steps;
        this.portion = portion;
    }

    CompletionStage<Long> revoke(LeaseFilter filter, Cause cause) {
        return new Walk(filter, cause, true)
                .page(0, 0)
                .thenCompose(tokens -> new Walk(filter, cause, false).page(0, tokens));
    }

    private final class Walk {
        private final LeaseFilter filter;
        private final Cause cause;
        private final boolean tokens;

        Walk(LeaseFilter filter, Cause cause, boolean tokens) {
            this.filter = filter;
            this.cause = cause;
            this.tokens = tokens;
        }

        CompletionStage<Long> page(long after, long count) {
            return readers.read(
                            session -> Query.of(filter, dictionary).live(tokens).numbers(session, after, PAGE))
                    .thenCompose(
                            page -> page.isEmpty() ? CompletableFuture.completedFuture(count) : end(page, 0, count));
        }

        private CompletionStage<Long> end(List<Long> page, int from, long count) {
            if (from == page.size()) {
                return page.size() < PAGE
                        ? CompletableFuture.completedFuture(count)
                        : page(page.get(page.size() - 1), count);
            }
            int to = Math.min(from + portion, page.size());
            return writer.submit(change -> steps.revoke(change, page.subList(from, to), cause))
                    .thenCompose(met -> end(page, to, count + met));
        }
    }
}
