// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.fastpipeline.core.memory.MemoryPool;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/// The temporary file behind pyramids that are written part by part. Each case has a file of its own, so few cases may
/// be there at a time.
public final class TileFileStress {
    private static final ImageSpec SPEC = ImageSpec.of(8, 8, ChannelOrder.GREY, ElementType.U8);
    private static final Box ALL = new Box(0, 0, 8, 8);

    private TileFileStress() {}

    private static Path folder() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    /// Two holders let go at once; an error there fails the test too.
    @JCStressTest
    @Outcome(id = "false", expect = ACCEPTABLE, desc = "The last one closes and deletes the file")
    @Outcome(expect = FORBIDDEN, desc = "The file stays behind")
    @State
    public static class LastHolderCloses {
        private final TileFile file = new TileFile(folder(), 64, 1);
        private final MemorySegment content = file.tile(file.add());

        public LastHolderCloses() {
            file.retain();
        }

        @Actor
        public void one() {
            file.release();
        }

        @Actor
        public void other() {
            file.release();
        }

        @Arbiter
        public void after(Z_Result r) {
            r.r1 = content.scope().isAlive();
        }
    }

    /// The image is written anew while a pyramid made before is read.
    @JCStressTest
    @Outcome(id = "64, 128", expect = ACCEPTABLE, desc = "The earlier one stays as it was, the later one is new")
    @Outcome(expect = FORBIDDEN, desc = "A pyramid that changes under its reader")
    @State
    public static class PyramidsStayAsTheyAre {
        private final MemoryPool pool = new MemoryPool(1 << 20, true);
        private final PyramidBuilder builder = new PyramidBuilder(SPEC, OptionalDouble.empty(), folder());
        private final ImagePyramid before;

        public PyramidsStayAsTheyAre() {
            before = write((byte) 1);
        }

        private ImagePyramid write(byte value) {
            try (Image image = Image.allocate(SPEC, bytes -> pool.allocate(bytes, "image"))) {
                image.writablePixels().fill(value);
                image.publish();
                builder.write(image, ALL, 0, 0);
            }
            return builder.pyramid(bytes -> pool.allocate(bytes, "pyramid"));
        }

        private int sum(ImagePyramid pyramid) {
            try (Image part = pyramid.read(0, ALL, bytes -> pool.allocate(bytes, "read"))) {
                int sum = 0;
                for (byte pixel : part.pixels().toArray(ValueLayout.JAVA_BYTE)) {
                    sum += pixel;
                }
                return sum;
            }
        }

        @Actor
        public void reads(II_Result r) {
            r.r1 = sum(before);
            before.close();
        }

        @Actor
        public void writes(II_Result r) {
            try (ImagePyramid later = write((byte) 2)) {
                builder.close();
                r.r2 = sum(later);
            }
        }

        @Arbiter
        public void after() {
            pool.close();
        }
    }
}
