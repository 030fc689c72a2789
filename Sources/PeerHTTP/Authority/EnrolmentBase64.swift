import Foundation

/// Base64 as EST carries it: line breaks do not count (RFC 7030 §4, RFC 2045 §6.8).
enum EnrolmentBase64 {
    /// The bytes, or nil for what is no base64.
    static func bytes(_ text: [UInt8]) -> [UInt8]? {
        let plain = text.filter { ![0x0A, 0x0D, 0x20, 0x09].contains($0) }
        return Data(base64Encoded: Data(plain)).map { Array($0) }
    }

    /// The text, in lines, with a line break at the end.
    static func text(_ bytes: [UInt8]) -> [UInt8] {
        Array(
            Data(bytes).base64EncodedData(options: [.lineLength64Characters, .endLineWithLineFeed]))
            + [0x0A]
    }
}
