import Foundation

/// Base64 with padding (RFC 4648 §4), in the one spelling that notes accept.
enum CanonicalBase64 {
    /// The text of bytes.
    static func encode(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    /// The bytes of a text, or nil for any other spelling than ``encode(_:)``.
    static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        let text = Data(text)
        // Foundation ignores spare bits that are not zero; encoding again shows them.
        guard let bytes = Data(base64Encoded: text), bytes.base64EncodedData() == text else {
            return nil
        }
        return [UInt8](bytes)
    }
}
