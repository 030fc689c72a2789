/// What people compare over the telephone.
enum Fingerprint {
    /// The first 16 bytes of a digest, in hexadecimal by fours.
    static func text(_ digest: some Sequence<UInt8>) -> String {
        let digits = digest.prefix(16).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return stride(from: 0, to: digits.count, by: 2)
            .map { digits[$0] + digits[$0 + 1] }.joined(separator: " ")
    }
}
