// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.fastpipeline.core.graph.Fold;
import org.fastpipeline.core.graph.ProcessObject;
import org.fastpipeline.core.graph.Restream;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Stateful;
import org.fastpipeline.core.graph.Stateless;

/// Gives back what nodes opened. Failures are logged: the result they belong to is settled by then.
final class States {
    private static final Logger LOG = System.getLogger(States.class.getName());

    private interface Closing {
        void run() throws Exception;
    }

    /// Closes the state of one node in one stream, if there is one.
    void closeState(ProcessObject node, Stream stream, int index) {
        Object state = stream.states[index];
        stream.states[index] = null;
        if (state != null) {
            quietly(node, () -> close(node, state));
        }
    }

    /// Closes what a stream that is through no longer needs; its folds still have to give their results.
    void closeThrough(Stream stream) {
        stream.domain.stateful.forEach(work -> closeState(work.requireNode(), stream, work.index));
        closeCursor(stream);
    }

    /// Closes all states of a stream and its cursor.
    void closeAll(Stream stream) {
        for (WorkPlan work : stream.domain.works) {
            if (work.node != null) {
                closeState(work.node, stream, work.index);
            }
        }
        closeCursor(stream);
    }

    void closeCursor(Stream stream) {
        Source.Cursor<?> cursor = stream.cursor;
        stream.cursor = null;
        if (cursor != null) {
            try {
                cursor.close();
            } catch (Throwable failure) {
                LOG.log(Level.WARNING, "Closing the cursor of " + stream + " failed", failure);
            }
        }
    }

    /// Hands a key that is not loaded back to its source.
    @SuppressWarnings("unchecked")
    <K> void discard(Source<K> source, Object key) {
        try {
            source.discard((K) key);
        } catch (Throwable failure) {
            LOG.log(Level.WARNING, "Discarding a frame of " + source.name() + " failed", failure);
        }
    }

    @SuppressWarnings("unchecked")
    private static <S> void close(ProcessObject node, S state) throws Exception {
        switch (node) {
            case Stateful<?> stateful -> ((Stateful<S>) stateful).close(state);
            case Fold<?> fold -> ((Fold<S>) fold).close(state);
            case Restream<?> restream -> ((Restream<S>) restream).close(state);
            case Stateless _, Source<?> _, Sink<?> _ -> {}
        }
    }

    private static void quietly(ProcessObject node, Closing closing) {
        try {
            closing.run();
        } catch (Throwable failure) {
            LOG.log(Level.WARNING, "Closing the state of " + node.name() + " failed", failure);
        }
    }
}
