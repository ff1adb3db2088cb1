// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.fastpipeline.core.error.ParameterException;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Restream;
import org.fastpipeline.core.graph.Step;

/// Groups consecutive frames: ten frames in groups of four make groups of 4, 4 and 2.
///
/// `new Group<>(Image.class, 4, Images.class, Images::of)` groups images without a copy of a pixel. Skipped frames
/// are left out and do not count; a group with a failed frame fails with that cause. A group has the metadata of
/// its last frame, so that index and count still tell how far the stream is.
///
/// To work on several frames at once for speed alone, no group is needed: see
/// [Stateless#execute(java.util.List)][org.fastpipeline.core.graph.Stateless#execute(java.util.List)].
///
/// @param <T> what the stream carries
/// @param <G> what a group becomes
public final class Group<T, G> extends Restream<Boolean> {
    /// The frames.
    public final In<T> frames;

    /// One value for each group.
    public final Out<G> group;

    private final int size;
    private final Function<? super List<T>, ? extends G> combine;

    /// @param type what the stream carries
    /// @param size frames in a group, 1 or more
    /// @param groupType what a group becomes
    /// @param combine makes a group's value of its frames, oldest first; called by one thread at a time. Leased
    /// values are closed for it: what it keeps it must retain, as
    /// [Images#of][org.fastpipeline.core.data.Images#of] does. So is a leased result, when it has been put
    /// @throws ParameterException if `size` is out of range
    public Group(Class<T> type, int size, Class<G> groupType, Function<? super List<T>, ? extends G> combine) {
        this.frames = in("frames", type, "the frames");
        this.group = out("group", groupType, "one value for each group");
        this.size = size;
        this.combine = combine;
        if (size < 1) {
            throw new ParameterException(name() + ".size", Integer.toString(size), "1 or more");
        }
    }

    /// It has nothing to remember.
    @Override
    public Boolean open() {
        return true;
    }

    @Override
    public boolean next(Boolean state, Intake intake, Step step) throws InterruptedException {
        List<Member<T>> members = new ArrayList<>();
        try {
            boolean more = true;
            while (more && members.size() < size) {
                Optional<Member<T>> member = Member.take(intake, frames);
                member.ifPresent(members::add);
                more = member.isPresent();
            }
            if (members.isEmpty()) {
                return false;
            }
            Member.put(members, combine, group, step);
            return true;
        } finally {
            members.forEach(Member::close);
        }
    }

    @Override
    public int holds() {
        return size;
    }
}
