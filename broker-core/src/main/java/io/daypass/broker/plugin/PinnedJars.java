package io.daypass.broker.plugin;

import java.nio.file.Path;
import java.util.List;
import org.pf4j.DefaultPluginManager;
import org.pf4j.JarPluginRepository;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRepository;

/** PF4J for jars alone: it expands no archive before it can be checked, and reads no descriptor but the manifest. */
final class PinnedJars extends DefaultPluginManager {
    /** The version of the SPI, which {@code Plugin-Requires} is held against. */
    static final String SPI = "1.0.0";

    PinnedJars(Path folder) {
        super(List.of(folder));
        setSystemVersion(SPI);
    }

    @Override
    protected PluginRepository createPluginRepository() {
        return new JarPluginRepository(getPluginsRoots());
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return new Isolation(this);
    }

    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        return new ManifestPluginDescriptorFinder();
    }
}
