/// Base64url without padding (RFC 4648 §5), in the one spelling that the protocol accepts.
///
/// Every sequence of bytes has exactly one text and the reverse: padding, white space, the letters
/// of plain base64 and bits left over that are not zero are refused, so that texts can be compared.
public enum Base64URL {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// The value of each ASCII letter, 0xFF where it is none of the alphabet.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, letter) in alphabet.enumerated() { values[Int(letter)] = UInt8(value) }
        return values
    }()

    /// The text of `bytes`: 4 letters for 3 bytes, then 2 letters for one left over, 3 for two.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        // Most are arrays, whose bytes lie side by side; every message holds many of them.
        bytes.withContiguousStorageIfAvailable(encode)
            ?? Array(bytes).withUnsafeBufferPointer(encode)
    }

    private static func encode(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        String(unsafeUninitializedCapacity: (bytes.count * 4 + 2) / 3) { text in
            alphabet.withUnsafeBufferPointer { alphabet in
                var bits: UInt32 = 0
                var bitCount: UInt32 = 0
                var count = 0
                for byte in bytes {
                    bits = bits << 8 | UInt32(byte)
                    bitCount += 8
                    while bitCount >= 6 {
                        bitCount -= 6
                        text[count] = alphabet[Int(bits >> bitCount & 0x3F)]
                        count += 1
                    }
                }
                if bitCount > 0 {
                    text[count] = alphabet[Int(bits << (6 - bitCount) & 0x3F)]
                    count += 1
                }
                return count
            }
        }
    }

    /// The bytes of `text`.
    ///
    /// - Throws: `Base64URLError`; the text is the sender's fault, the error does not repeat it.
    public static func decode(_ text: String) throws(Base64URLError) -> [UInt8] {
        let letters = text.utf8
        guard letters.count % 4 != 1 else { throw .length }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(letters.count / 4 * 3 + 2)
        var bits: UInt32 = 0
        var bitCount = 0
        for letter in letters {
            let value = values[Int(letter)]
            guard value != 0xFF else { throw .alphabet }
            bits = bits << 6 | UInt32(value)
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                bytes.append(UInt8(bits >> UInt32(bitCount) & 0xFF))
            }
        }
        guard bits & (1 << UInt32(bitCount) - 1) == 0 else { throw .spareBits }
        return bytes
    }
}

/// Why a text is not base64url as the protocol writes it; always the sender's fault.
public enum Base64URLError: Error, Equatable, Sendable {
    /// The number of letters cannot come from whole bytes.
    case length
    /// A letter that is not of the alphabet; padding and white space are such letters.
    case alphabet
    /// The bits after the last byte are not zero.
    case spareBits
}
