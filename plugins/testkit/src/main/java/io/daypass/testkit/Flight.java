package io.daypass.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.StackTrace;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * What drafts read and write, as the JVM's own flight recorder sees it: files and sockets, by the thread that drafts,
 * whether or not the engine lets anybody know how that went.
 */
final class Flight implements AutoCloseable {
    private static final Set<String> IO =
            Set.of("jdk.FileRead", "jdk.FileWrite", "jdk.FileForce", "jdk.SocketRead", "jdk.SocketWrite");
    private static final String DRAFT = "io.daypass.testkit.Draft";
    /** Where the request's own randomness may come from. */
    private static final Set<String> RANDOM = Set.of("/dev/random", "/dev/urandom");

    private final Recording recording = new Recording();

    Flight() {
        IO.forEach(each -> recording.enable(each).withThreshold(Duration.ZERO).withStackTrace());
        recording.enable(DraftEvent.class);
        recording.start();
    }

    /** A draft, in the recording. */
    @Name(DRAFT)
    @StackTrace(false)
    private static final class DraftEvent extends Event {}

    /** Runs a draft; costs nothing where nothing records. */
    static <T> T draft(Callable<T> draft) throws Exception {
        DraftEvent event = new DraftEvent();
        event.begin();
        try {
            return draft.call();
        } finally {
            event.commit();
        }
    }

    /** What was read and written in drafts until now. */
    List<String> ofDrafts() throws IOException {
        recording.stop();
        Path file = Files.createTempFile("flight", ".jfr");
        try {
            recording.dump(file);
            List<RecordedEvent> events = RecordingFile.readAllEvents(file);
            List<RecordedEvent> drafts = events.stream()
                    .filter(each -> each.getEventType().getName().equals(DRAFT))
                    .toList();
            return events.stream()
                    .filter(each -> IO.contains(each.getEventType().getName()))
                    .filter(each -> drafts.stream().anyMatch(draft -> isIn(draft, each)))
                    .filter(each -> !isOfTheJvm(each))
                    .map(RecordedEvent::toString)
                    .toList();
        } finally {
            Files.delete(file);
        }
    }

    private static boolean isIn(RecordedEvent draft, RecordedEvent event) {
        return draft.getThread().getId() == event.getThread().getId()
                && !event.getStartTime().isBefore(draft.getStartTime())
                && !event.getEndTime().isAfter(draft.getEndTime());
    }

    /** Classes are read as they are first used. */
    private static boolean isOfTheJvm(RecordedEvent event) {
        boolean isRandom = event.hasField("path") && RANDOM.contains(event.getString("path"));
        return isRandom
                || (event.getStackTrace() != null
                        && event.getStackTrace().getFrames().stream().anyMatch(Flight::loadsClasses));
    }

    private static boolean loadsClasses(RecordedFrame frame) {
        String type = frame.getMethod().getType().getName();
        return type.equals(ClassLoader.class.getName()) || type.startsWith("jdk.internal.loader.");
    }

    @Override
    public void close() {
        recording.close();
    }
}
