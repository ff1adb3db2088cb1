// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.format;

import com.google.common.collect.ImmutableBiMap;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.error.InputException;

/// What the header of a MetaImage says: lines `Key = value`, of which `ElementDataFile` is the last (MetaIO, as ITK
/// writes it).
///
/// @param spec the image, with its place, packed
/// @param signedBytes whether samples are signed bytes, which become the 16-bit ones of `spec`
/// @param order byte order of samples
/// @param compressed whether samples are a zlib stream
/// @param skipped bytes of the data before the first sample; -1: as many as there are more than needed
/// @param dataFile where the samples are; nothing if they follow the header
/// @param length bytes of the header, where samples follow it
public record MetaHeader(
        ImageSpec spec,
        boolean signedBytes,
        ByteOrder order,
        boolean compressed,
        long skipped,
        Optional<String> dataFile,
        int length) {
    /// A header is not longer.
    public static final int MOST_BYTES = 1 << 16;

    private static final String LAST = "ElementDataFile";
    private static final int PLANE = 2;
    private static final int VOLUME = 3;
    private static final double UNIT_LENGTH_ERROR = 1e-3;

    private static final String SIGNED_BYTES = "MET_CHAR";

    private static final ImmutableBiMap<String, ElementType> TYPES = ImmutableBiMap.<String, ElementType>builder()
            .put("MET_UCHAR", ElementType.U8)
            .put("MET_USHORT", ElementType.U16)
            .put("MET_SHORT", ElementType.I16)
            .put("MET_INT", ElementType.I32)
            .put("MET_LONG_LONG", ElementType.I64)
            .put("MET_FLOAT", ElementType.F32)
            .put("MET_DOUBLE", ElementType.F64)
            .buildOrThrow();

    /// Reads a header.
    ///
    /// @param source the file's name, for errors
    /// @param head the beginning of the file, up to [#MOST_BYTES]
    /// @param mostPixels an image of more is refused
    /// @throws InputException if it is no such header, or of a kind that is not read
    public static MetaHeader read(String source, byte[] head, long mostPixels) {
        return new Reading(source).header(head, mostPixels);
    }

    /// What headers call a type of samples.
    public static String typeName(ElementType type) {
        return Objects.requireNonNull(TYPES.inverse().get(type));
    }

    /// Bytes of one sample as it is stored.
    public int storedBytes() {
        return signedBytes ? 1 : spec.type().bytes();
    }

    /// Bytes of all samples as they are stored.
    public long storedSize() {
        return spec.bytes() / spec.type().bytes() * storedBytes();
    }

    /// One reading of a header: its keys, and complaints that name the file.
    private static final class Reading {
        private final String source;
        private final Map<String, String> values = new HashMap<>();
        private int length;

        Reading(String source) {
            this.source = source;
        }

        MetaHeader header(byte[] head, long mostPixels) {
            lines(head);
            int dimensions = whole("NDims", numbers("NDims", 1)[0], PLANE, VOLUME);
            double[] sizes = numbers("DimSize", dimensions);
            int width = whole("DimSize", sizes[0], 1, Integer.MAX_VALUE);
            int height = whole("DimSize", sizes[1], 1, Integer.MAX_VALUE);
            int depth = dimensions == VOLUME ? whole("DimSize", sizes[2], 1, Integer.MAX_VALUE) : 1;
            ImageHeader.checkSize(source, width, Math.multiplyFull(height, depth), mostPixels);
            String type = needed("ElementType").toUpperCase(Locale.ROOT);
            ElementType elements = type.equals(SIGNED_BYTES) ? ElementType.I16 : known(type);
            ImageSpec spec =
                    ImageSpec.volume(width, height, depth, channels(), elements).with(geometry(dimensions));
            String data = needed(LAST);
            boolean local = data.equalsIgnoreCase("LOCAL");
            return new MetaHeader(
                    spec,
                    type.equals(SIGNED_BYTES),
                    flag("BinaryDataByteOrderMSB") || flag("ElementByteOrderMSB")
                            ? ByteOrder.BIG_ENDIAN
                            : ByteOrder.LITTLE_ENDIAN,
                    flag("CompressedData"),
                    values.containsKey("HeaderSize")
                            ? whole("HeaderSize", numbers("HeaderSize", 1)[0], -1, Integer.MAX_VALUE)
                            : 0,
                    local ? Optional.empty() : Optional.of(inFolder(data)),
                    length);
        }

        private ElementType known(String type) {
            return Optional.ofNullable(TYPES.get(type))
                    .orElseThrow(() -> malformed(
                            "ElementType", type, "one of " + String.join(", ", TYPES.keySet()) + ", " + SIGNED_BYTES));
        }

        private void lines(byte[] head) {
            int at = 0;
            while (at < head.length && !values.containsKey(LAST)) {
                int end = at;
                while (end < head.length && head[end] != '\n') {
                    end++;
                }
                String line = new String(head, at, end - at, StandardCharsets.UTF_8).strip();
                int equals = line.indexOf('=');
                if (equals > 0) {
                    values.put(
                            line.substring(0, equals).strip(),
                            line.substring(equals + 1).strip());
                } else if (!line.isEmpty()) {
                    throw problem("the MetaImage header has a line without '='");
                }
                at = end + 1;
            }
            length = at;
            needed(LAST);
        }

        /// A name in the header's own folder or below: what a header says must not open other files.
        private String inFolder(String name) {
            boolean outside = name.isEmpty()
                    || name.startsWith("/")
                    || name.startsWith("\\")
                    || name.contains(":")
                    || name.contains("..")
                    || name.indexOf('\0') >= 0;
            if (outside) {
                throw malformed(LAST, name, "the name of a file in the same folder");
            }
            if (name.equalsIgnoreCase("LIST") || name.contains("%")) {
                throw malformed(LAST, name, "one file of samples, not a list");
            }
            return name;
        }

        private ChannelOrder channels() {
            int channels = values.containsKey("ElementNumberOfChannels")
                    ? whole("ElementNumberOfChannels", numbers("ElementNumberOfChannels", 1)[0], 1, 4)
                    : 1;
            return switch (channels) {
                case 1 -> ChannelOrder.GREY;
                case 2 -> ChannelOrder.XY;
                case 3 -> ChannelOrder.RGB;
                default -> ChannelOrder.RGBA;
            };
        }

        private Geometry geometry(int dimensions) {
            Vector3 spacing = vector("ElementSpacing", dimensions).orElse(Vector3.ONE);
            if (!(spacing.x() > 0 && spacing.y() > 0 && (dimensions == PLANE || spacing.z() > 0))) {
                throw malformed("ElementSpacing", needed("ElementSpacing"), "numbers above 0");
            }
            Vector3 origin = vector("Offset", dimensions)
                    .or(() -> vector("Position", dimensions))
                    .or(() -> vector("Origin", dimensions))
                    .orElse(Vector3.ZERO);
            Vector3[] axes = axes(dimensions);
            Vector3 spaced = dimensions == PLANE ? new Vector3(spacing.x(), spacing.y(), 1) : spacing;
            return new Geometry(spaced, origin, axes[0], axes[1], axes[2]);
        }

        private Vector3[] axes(int dimensions) {
            Vector3[] axes = {
                Geometry.UNIT.directionX(), Geometry.UNIT.directionY(), Geometry.UNIT.directionZ(),
            };
            for (String key : new String[] {"TransformMatrix", "Rotation", "Orientation"}) {
                if (values.containsKey(key)) {
                    double[] matrix = numbers(key, dimensions * dimensions);
                    for (int i = 0; i < dimensions; i++) {
                        axes[i] = vector(matrix, i * dimensions, dimensions);
                        double square =
                                axes[i].x() * axes[i].x() + axes[i].y() * axes[i].y() + axes[i].z() * axes[i].z();
                        if (Math.abs(Math.sqrt(square) - 1) > UNIT_LENGTH_ERROR) {
                            throw malformed(key, needed(key), "axes of length 1");
                        }
                    }
                    return axes;
                }
            }
            return axes;
        }

        private Optional<Vector3> vector(String key, int count) {
            return values.containsKey(key) ? Optional.of(vector(numbers(key, count), 0, count)) : Optional.empty();
        }

        private static Vector3 vector(double[] numbers, int from, int count) {
            return new Vector3(numbers[from], numbers[from + 1], count == VOLUME ? numbers[from + 2] : 0);
        }

        private double[] numbers(String key, int count) {
            String[] words = needed(key).split("\\s+", count + 2);
            if (words.length < count) {
                throw malformed(key, needed(key), count + (count == 1 ? " number" : " numbers"));
            }
            double[] numbers = new double[count];
            for (int i = 0; i < count; i++) {
                try {
                    numbers[i] = Double.parseDouble(words[i]);
                } catch (NumberFormatException noNumber) {
                    throw malformed(key, needed(key), "numbers");
                }
                if (!Double.isFinite(numbers[i])) {
                    throw malformed(key, needed(key), "finite numbers");
                }
            }
            return numbers;
        }

        private int whole(String key, double value, int least, int most) {
            if (value != Math.rint(value) || value < least || value > most) {
                throw malformed(key, needed(key), "whole numbers from " + least + " to " + most);
            }
            return (int) value;
        }

        private boolean flag(String key) {
            String value = values.getOrDefault(key, "False").toLowerCase(Locale.ROOT);
            if (!value.startsWith("t") && !value.startsWith("f") && !value.equals("0") && !value.equals("1")) {
                throw malformed(key, value, "True or False");
            }
            return value.startsWith("t") || value.equals("1");
        }

        private String needed(String key) {
            return Optional.ofNullable(values.get(key))
                    .orElseThrow(() -> problem("the MetaImage header has no " + key));
        }

        private InputException malformed(String key, String met, String needed) {
            String shown = met.length() > 80 ? met.substring(0, 80) + "..." : met;
            return problem("the MetaImage header has " + key + " = " + shown + "; needed " + needed);
        }

        private InputException problem(String problem) {
            return new InputException(source, problem, "Export it again from where it came from", null);
        }
    }
}
