import Foundation

/// The digest form of RFC 9530 fields in JSON: `sha-256=:` standard base64 with padding `:`.
public enum SHA256Text {
    /// Writes 32 bytes.
    public static func write(_ digest: some Sequence<UInt8>) -> String {
        "sha-256=:\(Data(digest).base64EncodedString()):"
    }

    /// Reads exactly 32 bytes in canonical spelling; nil for anything else.
    public static func read(_ text: String) -> [UInt8]? {
        guard text.hasPrefix("sha-256=:"), text.hasSuffix(":"),
            let data = Data(base64Encoded: String(text.dropFirst(9).dropLast())),
            data.count == 32, write(data) == text
        else { return nil }
        return Array(data)
    }
}
