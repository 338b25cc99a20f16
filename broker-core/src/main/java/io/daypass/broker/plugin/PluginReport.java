package io.daypass.broker.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What there is to say of an archive before a broker loads it. What is wrong is found by the very checks that a broker
 * makes, and some that would take it too long.
 *
 * @param id its {@code Plugin-Id}; empty, like all else, where the archive doesn't say
 * @param version its {@code Plugin-Version}
 * @param requires the range of SPI versions that it wants
 * @param spi the version of the SPI that this broker has
 * @param contract the version of the contract that it was tried with
 * @param sha256 what it would be pinned by
 * @param adds what it adds, by type and name
 * @param serves the paths of each of its engines, by the engine's type
 * @param problems for each of which a broker refuses it, or ought to
 * @param remarks what is allowed, and looks like a mistake
 */
public record PluginReport(
        String id,
        String version,
        String requires,
        String spi,
        String contract,
        String sha256,
        List<String> adds,
        Map<String, List<String>> serves,
        List<String> problems,
        List<String> remarks) {
    public PluginReport {
        adds = List.copyOf(adds);
        serves = new TreeMap<>(serves);
        problems = List.copyOf(problems);
        remarks = List.copyOf(remarks);
    }

    /** Whether a broker would load it. */
    public boolean isRight() {
        return problems.isEmpty();
    }

    /**
     * Looks at an archive, and runs the first steps of its code. Blocks.
     *
     * @param file the archive
     * @param contract the version of the contract that there is now
     * @param unfit why a record of the plugin can't be bound; empty: it can
     * @throws IOException if the file can't be read
     */
    public static PluginReport of(Path file, String contract, Function<Class<?>, String> unfit) throws IOException {
        return of(file, contract, unfit, Rehearsal.DEFAULT);
    }

    static PluginReport of(Path file, String contract, Function<Class<?>, String> unfit, Rehearsal rehearsal)
            throws IOException {
        try (PrivateCopy copies = PrivateCopy.make()) {
            PrivateCopy.Copied copy = copies.of(file);
            Inspection inspection = Inspection.of(copy.file(), Inspection.Depth.WHOLE);
            Found found = new Found(new ArrayList<>(inspection.problems()));
            if (found.problems.isEmpty()) {
                found.load(copy, new Loader(copies.folder(), rehearsal), unfit);
            }
            Archive archive = inspection.archive();
            return new PluginReport(
                    archive.id(),
                    archive.version(),
                    archive.requires(),
                    PinnedJars.SPI,
                    archive.contract(),
                    copy.sha256(),
                    found.adds,
                    found.serves,
                    found.problems,
                    remarks(file, archive, contract));
        }
    }

    private static List<String> remarks(Path file, Archive archive, String contract) throws IOException {
        List<String> remarks = new ArrayList<>();
        if (archive.requires().isEmpty()) {
            remarks.add("it has no Plugin-Requires: name the range of SPI versions that it was written for, such as"
                    + " >=1.0.0 & <2.0.0");
        }
        if (archive.contract().isEmpty()) {
            remarks.add("it has no Plugin-Contract: nobody says that it keeps the contract of plugins");
        } else if (!archive.contract().equals(contract)) {
            remarks.add("it was tried with the contract of version " + archive.contract() + ", which now is " + contract
                    + ": try it again");
        }
        if (PrivateCopy.mayBeWrittenByOthers(file.toRealPath())) {
            remarks.add("its file may be written by its group or by others, and is refused where it is: chmod go-w it");
        }
        return remarks;
    }

    /** What its code says. */
    private static final class Found {
        private final List<String> problems;
        private final List<String> adds = new ArrayList<>();
        private final Map<String, List<String>> serves = new TreeMap<>();

        Found(List<String> problems) {
            this.problems = problems;
        }

        void load(PrivateCopy.Copied copy, Loader loader, Function<Class<?>, String> unfit) {
            try (LoadedPlugin plugin = loader.load(copy.file(), copy.sha256())) {
                plugin.catalog().forEach(info -> adds.add(info.type() + " " + info.name()));
                plugin.declared().forEach((type, declared) -> {
                    serves.put(type, declared.paths());
                    declared.records().stream()
                            .map(unfit)
                            .filter(why -> !why.isEmpty())
                            .forEach(why -> problems.add("it can't be mounted: " + why));
                });
            } catch (RefusedPluginException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
    }
}
