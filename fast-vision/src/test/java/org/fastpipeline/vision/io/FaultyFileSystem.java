// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// The default file system with faults: full after some bytes, not writable, not readable, or whatever a guard says.
final class FaultyFileSystem extends FileSystem {
    private final FileSystem real = java.nio.file.FileSystems.getDefault();
    private final Provider provider = new Provider();
    private final Guard guard;

    /// What can fail.
    enum Call {
        OPEN,
        READ,
        CLOSE_READ,
        CREATE,
        WRITE,
        CLOSE_WRITTEN,
        MOVE
    }

    /// Lets a call pass, or makes it fail.
    interface Guard {
        /// Asked before the call is made, after it where it closes.
        ///
        /// @param bytes of a write or a read, at most
        /// @throws java.io.EOFException at a read, has it say that the file is at its end
        void pass(Call call, Path file, int bytes) throws IOException;
    }

    private FaultyFileSystem(Guard guard) {
        this.guard = guard;
    }

    /// A file or folder whose calls, and those of all paths made of it, ask `guard` first; but not those that look at
    /// folders and attributes.
    static Path guarded(Path path, Guard guard) {
        return new FaultyFileSystem(guard).wrap(path);
    }

    /// A file on a disk that has room for so many more bytes.
    static Path full(Path path, long room) {
        AtomicLong left = new AtomicLong(room);
        return guarded(path, (call, file, bytes) -> {
            if (call == Call.WRITE && left.addAndGet(-bytes) < 0) {
                throw new FileSystemException(file.toString(), null, "No space left on device");
            }
        });
    }

    static Path notWritable(Path path) {
        return denied(path, Call.CREATE);
    }

    static Path notReadable(Path path) {
        return denied(path, Call.OPEN);
    }

    private static Path denied(Path path, Call denied) {
        return guarded(path, (call, file, _) -> {
            if (call == denied) {
                throw new AccessDeniedException(file.toString());
            }
        });
    }

    private Path wrap(Path path) {
        return (Path) Proxy.newProxyInstance(
                FaultyFileSystem.class.getClassLoader(),
                new Class<?>[] {Path.class, Wrapped.class},
                (self, method, arguments) -> {
                    if (method.getName().equals("getFileSystem")) {
                        return this;
                    }
                    if (method.getName().equals("real")) {
                        return path;
                    }
                    Object[] inner = arguments == null
                            ? null
                            : Arrays.stream(arguments)
                                    .map(FaultyFileSystem::unwrap)
                                    .toArray();
                    try {
                        Object result = method.invoke(path, inner);
                        return result instanceof Path inside ? wrap(inside) : result;
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    interface Wrapped {
        Path real();
    }

    private static Object unwrap(Object argument) {
        return argument instanceof Wrapped wrapped ? wrapped.real() : argument;
    }

    private static Path real(Path path) {
        return (Path) unwrap(path);
    }

    private final class Provider extends FileSystemProvider {
        private final FileSystemProvider inner = real.provider();

        @Override
        public SeekableByteChannel newByteChannel(
                Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
            if (Files.isDirectory(real(path))) {
                return inner.newByteChannel(real(path), options, attributes);
            }
            boolean writes = options.contains(StandardOpenOption.WRITE);
            guard.pass(writes ? Call.CREATE : Call.OPEN, path, 0);
            return new FaultyChannel(inner.newByteChannel(real(path), options, attributes), path, writes, guard);
        }

        @Override
        public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
            inner.createDirectory(real(folder), attributes);
        }

        @Override
        public void delete(Path path) throws IOException {
            inner.delete(real(path));
        }

        @Override
        public void move(Path source, Path target, CopyOption... options) throws IOException {
            guard.pass(Call.MOVE, target, 0);
            inner.move(real(source), real(target), options);
        }

        @Override
        public void checkAccess(Path path, AccessMode... modes) throws IOException {
            inner.checkAccess(real(path), modes);
        }

        @Override
        public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
                throws IOException {
            return inner.readAttributes(real(path), type, options);
        }

        @Override
        public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
                throws IOException {
            return inner.readAttributes(real(path), attributes, options);
        }

        @Override
        public String getScheme() {
            return "faulty";
        }

        @Override
        public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileSystem getFileSystem(URI uri) {
            return FaultyFileSystem.this;
        }

        @Override
        public Path getPath(URI uri) {
            return wrap(inner.getPath(uri));
        }

        @Override
        public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void copy(Path source, Path target, CopyOption... options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isSameFile(Path one, Path other) throws IOException {
            return inner.isSameFile(real(one), real(other));
        }

        @Override
        public boolean isHidden(Path path) throws IOException {
            return inner.isHidden(real(path));
        }

        @Override
        public FileStore getFileStore(Path path) throws IOException {
            return inner.getFileStore(real(path));
        }

        @Override
        public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
            return inner.getFileAttributeView(real(path), type, options);
        }

        @Override
        public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
            inner.setAttribute(real(path), attribute, value, options);
        }
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public Path getPath(String first, String... more) {
        return wrap(real.getPath(first, more));
    }

    @Override
    public void close() {}

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return real.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return real.getRootDirectories();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return real.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return real.supportedFileAttributeViews();
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
        return real.getPathMatcher(pattern);
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return real.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() throws IOException {
        return real.newWatchService();
    }
}
