/// `expand_message_xmd` with SHA-512 for 64 bytes (RFC 9380 §5.3.1), fed in parts.
///
/// 64 bytes are one digest, so the expansion is two hashes. A copy of an expander that was fed a
/// prefix continues on its own.
struct MessageExpander: Sendable {
    /// The message goes here, after the block of zeros.
    var hash = SHA512()

    /// The domain separation tag followed by its length.
    private let domain: [UInt8]

    private static let blockOfZeros = [UInt8](repeating: 0, count: 128)

    /// - Parameter domain: the domain separation tag, at most 255 bytes.
    init(domain: [UInt8]) {
        self.domain = domain + [UInt8(domain.count)]
        hash.update(Self.blockOfZeros)
    }

    /// The 64 uniform bytes of what was fed.
    consuming func finish() -> Digest512 {
        hash.update(twoBytes: Digest512.count)
        hash.update(byte: 0)
        hash.update(domain)
        var block = SHA512()
        block.update(hash.finish())
        block.update(byte: 1)
        block.update(domain)
        return block.finish()
    }
}
