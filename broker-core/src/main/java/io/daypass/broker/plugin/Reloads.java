package io.daypass.broker.plugin;

import io.vertx.core.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads plugins from the folders of builds, and anew whenever a build has changed them. What isn't right, or can't serve
 * what is mounted, is named in one line, and the version before goes on. For development alone: nothing is pinned.
 */
public final class Reloads {
    private static final Logger LOG = LoggerFactory.getLogger(Reloads.class);

    /** Mounts close within a bound of their own, so this is never waited for in vain. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final List<BuildFolder> folders;
    private final Plugins plugins;
    private final Function<NewVersion, Future<Void>> reopen;

    /**
     * @param folders of builds: of classes, or with one jar
     * @param plugins where what is loaded is used
     * @param reopen has mounts served by a version, and fails if they can't be; see {@code Mounts.reopen}
     */
    public Reloads(List<Path> folders, Plugins plugins, Function<NewVersion, Future<Void>> reopen) {
        this.folders = folders.stream().map(BuildFolder::new).toList();
        this.plugins = plugins;
        this.reopen = reopen;
    }

    /** Loads what is there, at the start. Blocks. */
    public void begin() {
        for (BuildFolder folder : folders) {
            if (folder.take()) {
                load(folder);
            } else {
                LOG.atInfo()
                        .addKeyValue("from", folder.path())
                        .log(
                                Files.isRegularFile(folder.path())
                                        ? "that is a file: name the folder that the build makes it in"
                                        : "nothing is built there yet, if that is the folder of a build; it is looked for");
            }
        }
    }

    /**
     * Loads what has changed. Blocks.
     *
     * @param now the time, for telling a build that is over from one that is under way
     */
    public void look(Instant now) {
        for (BuildFolder folder : folders) {
            if (folder.isReady(now)) {
                load(folder);
            }
        }
    }

    private void load(BuildFolder folder) {
        try (NewVersion version = plugins.build(folder.path())) {
            if (!folder.isUnchanged()) {
                return;
            }
            reopen.apply(version).toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            List<String> left = version.threadsLeft();
            LOG.atInfo()
                    .addKeyValue("plugin", version.id())
                    .addKeyValue("adds", String.join(", ", version.adds()))
                    .addKeyValue("from", folder.path())
                    .log(version.isFirst() ? "a plugin is loaded" : "a plugin is reloaded");
            if (!left.isEmpty()) {
                LOG.atWarn()
                        .addKeyValue("plugin", version.id())
                        .addKeyValue("threads", String.join(", ", left))
                        .log("the version before has left threads behind, and stays in memory with them: end them in"
                                + " close()");
            }
        } catch (RefusedPluginException e) {
            refused(folder, e);
        } catch (ExecutionException e) {
            refused(folder, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            refused(folder, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void refused(BuildFolder folder, Throwable why) {
        plugins.refuse(folder.path(), why);
        LOG.atError()
                .addKeyValue("from", folder.path())
                .addKeyValue("why", String.valueOf(why.getMessage()))
                .log("what was built can't be used; the version before, if there is one, goes on");
    }
}
