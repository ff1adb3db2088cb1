// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.catalog;

import com.google.common.collect.ImmutableSortedMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.fastpipeline.core.error.NearName;
import org.fastpipeline.core.error.WrongUseException;

/// All nodes that are offered by name. Immutable and thread-safe.
public final class NodeCatalogs {
    private static final String WHERE = "node catalogs";

    private final ImmutableSortedMap<String, Offer> offers;

    /// A node and who offers it.
    ///
    /// @param module name of the module
    /// @param type the node
    public record Offer(String module, NodeType type) {}

    private NodeCatalogs(Map<String, Offer> offers) {
        this.offers = ImmutableSortedMap.copyOf(offers);
    }

    /// The catalogs on the application's own path.
    ///
    /// @throws WrongUseException if one is broken, or two offer nodes of one name
    public static NodeCatalogs find() {
        try {
            return of(ServiceLoader.load(NodeCatalog.class, NodeCatalog.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toArray(NodeCatalog[]::new));
        } catch (ServiceConfigurationError broken) {
            WrongUseException failure = new WrongUseException(
                    WHERE, "met a broken one: " + broken.getMessage(), "Remove its module, or repair it");
            failure.initCause(broken);
            throw failure;
        }
    }

    /// These catalogs and no others.
    ///
    /// @throws WrongUseException if two offer nodes of one name
    public static NodeCatalogs of(NodeCatalog... catalogs) {
        Map<String, Offer> offers = new HashMap<>();
        for (NodeCatalog catalog : List.of(catalogs)) {
            for (NodeType type : catalog.types()) {
                Offer first = offers.putIfAbsent(type.name(), new Offer(catalog.module(), type));
                if (first != null) {
                    throw new WrongUseException(
                            WHERE,
                            "met two nodes called " + type.name() + ", of " + first.module + " and of "
                                    + catalog.module() + "; needed names that are unique",
                            "Rename one, or leave out one of the modules");
                }
            }
        }
        return new NodeCatalogs(offers);
    }

    /// All nodes by name.
    public ImmutableSortedMap<String, Offer> offers() {
        return offers;
    }

    /// The node called `name`.
    ///
    /// @throws WrongUseException if there is none; it says which was probably meant
    public Offer offer(String name) {
        Offer offer = offers.get(name);
        if (offer == null) {
            throw new WrongUseException(
                    WHERE,
                    "met '" + name + "', which no module offers; needed the name of a node",
                    NearName.remedy(name, offers.keySet()));
        }
        return offer;
    }
}
