// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

import java.util.Optional;

/// Who a frame is: the path of domains and sequence numbers from the root. Numbers never repeat within a run.
///
/// @param parent the frame it belongs to, none for the frame of the static things
/// @param domain name of its domain
/// @param sequence its place in that domain, from 0
public record FrameId(Optional<FrameId> parent, String domain, long sequence) {
    @Override
    public String toString() {
        String own = domain + '#' + sequence;
        return parent.filter(above -> above.parent().isPresent())
                .map(above -> above + "/" + own)
                .orElse(own);
    }
}
