/// The content of a signature of type 0x04: 8 bytes of time, big-endian, and 64 of Ed25519.
///
/// Source: C2SP tlog-cosignature, "Format" and "Ed25519 signed message".
struct Cosignature {
    let secondsSince1970: Int
    let signature: [UInt8]

    private static let timeBytes = 8

    /// Nil for another length, or a time over 2^63 − 1.
    init?(bytes: [UInt8]) {
        guard bytes.count == Self.timeBytes + Ed25519Key.signatureBytes else { return nil }
        let time = bytes.prefix(Self.timeBytes).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard let seconds = Int(exactly: time) else { return nil }
        secondsSince1970 = seconds
        signature = Array(bytes.dropFirst(Self.timeBytes))
    }

    /// What is signed at a time: two lines, and the checkpoint's whole text.
    static func message(_ text: [UInt8], at secondsSince1970: Int) -> [UInt8] {
        Array("cosignature/v1\ntime \(secondsSince1970)\n".utf8) + text
    }

    /// The bytes of a time.
    static func bytes(of secondsSince1970: Int) -> [UInt8] {
        withUnsafeBytes(of: UInt64(secondsSince1970).bigEndian) { Array($0) }
    }
}
