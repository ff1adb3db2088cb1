// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.opencv;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.Lease;

/// A scope in which OpenCV works on the pipeline's own memory; open one per step.
///
/// ```java
/// try (Mats mats = new Mats(step.memory())) {
///     Image blurred = Image.allocate(frame.spec(), step.memory());
///     opencv_imgproc.blur(mats.read(frame), mats.write(blurred), new Size(5, 5));
///     step.put(result, blurred);
/// }
/// ```
///
/// A Mat made here is a header over memory that is there already: nothing is copied. OpenCV silently takes new
/// memory when a result does not fit the size or type of its output, so closing the scope checks that each header
/// still points where it did. Closing also frees every JavaCPP object that the thread made meanwhile (sizes,
/// scalars, headers, OpenCV's own Mats) and gives scratch memory back; nothing waits for the garbage collector.
/// Used by one thread.
public final class Mats implements AutoCloseable {
    private final Allocator memory;
    private final PointerScope natives;
    private final List<View> views = new ArrayList<>();
    private final List<Lease> scratch = new ArrayList<>();

    /// A header and the address it was made for.
    private record View(Mat mat, long address, String what) {
        boolean isInPlace() {
            BytePointer data = mat.data();
            return data != null && data.address() == address;
        }
    }

    /// Memory that somebody else owns, as JavaCPP wants it: has no deallocator.
    private static final class Borrowed extends Pointer {
        Borrowed(long address, long bytes) {
            this.address = address;
            this.limit = bytes;
            this.capacity = bytes;
        }
    }

    /// @param memory where scratch memory comes from, mostly the step's
    public Mats(Allocator memory) {
        OpenCv.prepare();
        this.memory = memory;
        this.natives = new PointerScope();
    }

    /// A header over an image that OpenCV only reads; its rows keep their stride.
    ///
    /// @throws WrongUseException if the image is a volume or of a type that OpenCV does not have
    public Mat read(Image image) {
        return header(image.spec(), image.address(), image.toString());
    }

    /// A header over an image that this step allocated, for OpenCV to write to.
    public Mat write(Image image) {
        return header(image.spec(), image.writablePixels().address(), image.toString());
    }

    /// Memory leased for the time of this scope; its content is undefined.
    ///
    /// @param type OpenCV's type, such as `CV_32FC3`
    public Plane scratch(int rows, int columns, int type) {
        Lease lease = memory.allocate((long) rows * columns * pixelBytes(type));
        scratch.add(lease);
        MemorySegment pixels = lease.writable();
        return new Plane(add(rows, columns, type, pixels.address(), 0, "scratch memory"), pixels);
    }

    /// A header over native memory that the caller keeps alive for the time of this scope, rows packed.
    public Mat over(long address, int rows, int columns, int type) {
        return add(rows, columns, type, address, 0, "memory");
    }

    /// The pixels of `mat` inside `box`: a header on the same memory.
    public Mat part(Mat mat, Box box) {
        return new Mat(mat, new Rect(box.x(), box.y(), box.width(), box.height()));
    }

    /// OpenCV's type for an image's pixels.
    ///
    /// @throws WrongUseException if OpenCV has none
    public static int type(ImageSpec spec) {
        return opencv_core.CV_MAKETYPE(depth(spec.type()), spec.channels().channels());
    }

    private static int depth(ElementType type) {
        return switch (type) {
            case U8 -> opencv_core.CV_8U;
            case U16 -> opencv_core.CV_16U;
            case I16 -> opencv_core.CV_16S;
            case I32 -> opencv_core.CV_32S;
            case F32 -> opencv_core.CV_32F;
            case F64 -> opencv_core.CV_64F;
            case I64 ->
                throw new WrongUseException(
                        "OpenCV",
                        "met elements of type I64; needed a type of at most 32 bits or F64",
                        "Convert the image first");
        };
    }

    /// Bytes of one pixel of OpenCV's `type`, which holds the depth in three bits and above them the channels less
    /// one.
    private static int pixelBytes(int type) {
        int channels = (type >> 3) + 1;
        return switch (type & 7) {
            case opencv_core.CV_8U, opencv_core.CV_8S -> channels;
            case opencv_core.CV_32S, opencv_core.CV_32F -> 4 * channels;
            case opencv_core.CV_64F -> 8 * channels;
            default -> 2 * channels;
        };
    }

    private Mat header(ImageSpec spec, long address, String what) {
        if (spec.depth() != 1) {
            throw new WrongUseException(
                    "OpenCV", "met " + what + "; needed a 2-D image", "Take one slice of the volume");
        }
        return add(spec.height(), spec.width(), type(spec), address, spec.rowStride(), what);
    }

    private Mat add(int rows, int columns, int type, long address, long stride, String what) {
        long step = stride == 0 ? (long) columns * pixelBytes(type) : stride;
        Mat mat = new Mat(rows, columns, type, new Borrowed(address, step * rows), step);
        views.add(new View(mat, address, what));
        return mat;
    }

    /// Checks that OpenCV wrote where it was told to; closing does so too.
    ///
    /// @throws WrongUseException if it took memory of its own
    public void check() {
        for (View view : views) {
            if (!view.isInPlace()) {
                throw new WrongUseException(
                        "OpenCV",
                        "met a result in memory that OpenCV took by itself; needed it in " + view.what,
                        "Allocate the output with the size and type that the call makes");
            }
        }
    }

    /// Whether OpenCV gave a header other memory; then the caller has to deal with it, and closing does not check
    /// it again.
    public boolean hasMoved(Mat header) {
        return views.removeIf(view -> view.mat.equals(header) && !view.isInPlace());
    }

    @Override
    public void close() {
        try {
            check();
        } finally {
            natives.close();
            scratch.forEach(Lease::close);
        }
    }
}
