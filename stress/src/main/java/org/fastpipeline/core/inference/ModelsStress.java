// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.nio.file.Path;
import org.fastpipeline.core.error.ReleasedException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// The models of a pipeline by their folders: each is loaded once, and none stays behind.
public final class ModelsStress {
    private ModelsStress() {}

    /// Two nodes ask for the same model.
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "It is loaded once, and both have it")
    @Outcome(expect = FORBIDDEN, desc = "Loaded twice")
    @State
    public static class LoadedOnce {
        private final Models models = Models.unloaded();
        private @Nullable LoadedModel one;
        private @Nullable LoadedModel other;

        private LoadedModel load() {
            return models.load(Path.of("net"), EngineWish.parse("auto"), 1).model();
        }

        @Actor
        public void one() {
            one = load();
        }

        @Actor
        public void other() {
            other = load();
        }

        @Arbiter
        public void after(ZZ_Result r) {
            r.r1 = one != null;
            r.r2 = one == other;
            models.close();
        }
    }

    /// The models are closed while one is asked for.
    @JCStressTest
    @Outcome(
            id = {"true, true", "false, true"},
            expect = ACCEPTABLE,
            desc = "Had before, or refused; none stays behind")
    @Outcome(expect = FORBIDDEN, desc = "A model that nobody closes")
    @State
    public static class CloseAgainstLoad {
        private final Models models = Models.unloaded();

        @Actor
        public void loads(ZZ_Result r) {
            try {
                models.load(Path.of("net"), EngineWish.parse("auto"), 1);
                r.r1 = true;
            } catch (ReleasedException closed) {
                r.r1 = false;
            }
        }

        @Actor
        public void closes() {
            models.close();
        }

        @Arbiter
        public void after(ZZ_Result r) {
            r.r2 = models.choices().isEmpty();
        }
    }
}
