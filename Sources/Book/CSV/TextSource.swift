import Synchronization

/// A file's text in UTF-8, whatever it was written in, in constant memory.
///
/// The encoding is told by the first bytes that are not ASCII, at most 64 KiB of them; a byte order
/// mark decides alone, even against what the mapping says: a reject file of a GB 18030 export is
/// UTF-8.
final class TextSource: Sendable {
    private static let chunkBytes = 64 << 10
    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private enum Mode: Sendable {
        /// Nothing but ASCII so far.
        case undecided
        case passing
        case converting(GBDecoder)
    }

    private struct State: Sendable {
        var mode = Mode.undecided
        /// Read and not yet handed on.
        var pending: [UInt8] = []
        var isAtEnd = false
        var isBegun = false
    }

    private let source: ByteSource
    private let wanted: TextEncoding?
    private let state = Mutex(State())

    /// Text of `source`; nil for `encoding` finds it out.
    init(_ source: ByteSource, encoding: TextEncoding?) {
        self.source = source
        wanted = encoding
    }

    /// The encoding as far as it is known: text of ASCII alone is UTF-8.
    var encoding: TextEncoding {
        state.withLock { state in
            if case .converting = state.mode { .gb18030 } else { .utf8 }
        }
    }

    /// The text as bytes to read on, into buffers of at least 16 bytes.
    var bytes: ByteSource {
        ByteSource { buffer throws(BookError) in try self.read(into: buffer) }
    }

    private func read(into buffer: UnsafeMutableRawBufferPointer) throws(BookError) -> Int {
        try state.withLock { state throws(BookError) in
            if !state.isBegun { try begin(&state) }
            while true {
                if state.pending.isEmpty, case .passing = state.mode {
                    return try source.read(buffer)
                }
                try refill(&state)
                if state.pending.isEmpty { return 0 }
                let count = try handOn(&state, buffer)
                if count > 0 { return count }
            }
        }
    }

    /// Looks at the front of the file: what it is, and whether it says its encoding.
    private func begin(_ state: inout State) throws(BookError) {
        state.isBegun = true
        try refill(&state)
        if let content = ForeignContent(front: state.pending) { throw .foreign(content) }
        if wanted == .utf8 || state.pending.starts(with: Self.mark) {
            state.mode = .passing
        } else if wanted == .gb18030 {
            state.mode = .converting(try GBDecoder())
        }
    }

    /// Reads until a chunk is pending or the file ends.
    private func refill(_ state: inout State) throws(BookError) {
        var used = state.pending.count
        guard used < Self.chunkBytes, !state.isAtEnd else { return }
        state.pending.append(contentsOf: repeatElement(0, count: Self.chunkBytes - used))
        while used < Self.chunkBytes, !state.isAtEnd {
            let source = source
            let count = try state.pending.withUnsafeMutableBufferPointer {
                bytes throws(BookError) in
                try source.read(
                    UnsafeMutableRawBufferPointer(
                        UnsafeMutableBufferPointer(rebasing: bytes[used...])))
            }
            used += count
            state.isAtEnd = count == 0
        }
        state.pending.removeLast(Self.chunkBytes - used)
    }

    /// Puts what is pending into the buffer; 0 when only the encoding was found out.
    private func handOn(
        _ state: inout State, _ buffer: UnsafeMutableRawBufferPointer
    ) throws(BookError) -> Int {
        switch state.mode {
        case .passing:
            return Self.move(&state.pending, min(state.pending.count, buffer.count), to: buffer)
        case .undecided:
            let plain = state.pending.firstIndex { $0 >= 0x80 } ?? state.pending.count
            if plain == 0 {
                state.mode = try decided(state.pending)
                return 0
            }
            return Self.move(&state.pending, min(plain, buffer.count), to: buffer)
        case .converting(let decoder):
            let (used, written) = state.pending.withUnsafeBytes {
                decoder.convert($0, into: buffer, isAtEnd: state.isAtEnd)
            }
            state.pending.removeFirst(used)
            return written
        }
    }

    private func decided(_ sample: [UInt8]) throws(BookError) -> Mode {
        switch EncodingSample(sample[...]).encoding {
        case .utf8: .passing
        case .gb18030: .converting(try GBDecoder())
        case nil: throw .encodingUnknown
        }
    }

    private static func move(
        _ pending: inout [UInt8], _ count: Int, to buffer: UnsafeMutableRawBufferPointer
    ) -> Int {
        buffer.copyBytes(from: pending[..<count])
        pending.removeFirst(count)
        return count
    }
}
