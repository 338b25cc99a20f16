package io.daypass.testkit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Takes down, instead of writing, all that is logged at any level by slf4j, by the JDK's own logging, or printed. */
final class Logged implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
    private final List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
    private final Level level = root.getLevel();
    private final Taking taking = new Taking();
    private final java.util.logging.Logger jdk = java.util.logging.Logger.getLogger("");
    private final JdkTaking jdkTaking = new JdkTaking();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    Logged() {
        Iterator<Appender<ILoggingEvent>> each = root.iteratorForAppenders();
        each.forEachRemaining(appenders::add);
        appenders.forEach(root::detachAppender);
        taking.setContext(root.getLoggerContext());
        taking.start();
        root.addAppender(taking);
        root.setLevel(Level.TRACE);
        jdk.addHandler(jdkTaking);
        PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
    }

    /** All that was written until now. */
    List<String> lines() {
        List<String> all = new ArrayList<>(lines);
        all.add(printed.toString(StandardCharsets.UTF_8));
        return all;
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
        jdk.removeHandler(jdkTaking);
        root.detachAppender(taking);
        root.setLevel(level);
        appenders.forEach(root::addAppender);
    }

    private final class Taking extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage() + " " + event.getKeyValuePairs() + " " + event.getMDCPropertyMap()
                    + text(event.getThrowableProxy()));
        }

        private static String text(@Nullable IThrowableProxy thrown) {
            return thrown == null
                    ? ""
                    : " " + thrown.getClassName() + ": " + thrown.getMessage() + text(thrown.getCause());
        }
    }

    private final class JdkTaking extends Handler {
        @Override
        public void publish(LogRecord logged) {
            Object[] parameters = logged.getParameters();
            lines.add(logged.getMessage() + " " + (parameters == null ? "" : List.of(parameters)) + " "
                    + logged.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
