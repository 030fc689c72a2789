import Foundation

/// Base64 (RFC 4648 §4 and §5) in which every byte string has exactly one spelling, so that a key
/// cannot stand in two places under two texts.
enum Base64 {
    /// Standard alphabet, padded, as verifier keys use it; nil unless canonical.
    static func decode(_ text: String) -> [UInt8]? {
        // Foundation ignores non-zero spare bits; encoding again shows them.
        guard let data = Data(base64Encoded: text), data.base64EncodedString() == text else {
            return nil
        }
        return [UInt8](data)
    }

    /// URL alphabet without padding, as protocol.md §0 prescribes; nil unless canonical.
    static func decodeURL(_ text: String) -> [UInt8]? {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard let bytes = decode(swap(text, "-_", for: "+/") + padding), encodeURL(bytes) == text
        else { return nil }
        return bytes
    }

    /// Standard alphabet, padded.
    static func encode(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString()
    }

    /// URL alphabet without padding.
    static func encodeURL(_ bytes: [UInt8]) -> String {
        swap(encode(bytes).filter { $0 != "=" }, "+/", for: "-_")
    }

    private static func swap(_ text: String, _ old: String, for new: String) -> String {
        let pairs = Dictionary(uniqueKeysWithValues: zip(old, new))
        return String(text.map { pairs[$0] ?? $0 })
    }
}
