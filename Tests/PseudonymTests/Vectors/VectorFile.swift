import Foundation

/// Where the vectors lie, relative to this checkout.
enum VectorFile {
    private static let packageRoot = URL(fileURLWithPath: #filePath)
        .resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The vectors of RFC 9497 from the standard's own project, which lie beside the checkout.
    static let standard = packageRoot.deletingLastPathComponent()
        .appending(path: "shared/vectors/voprf/ristretto255-sha512.json")

    static var hasStandard: Bool {
        FileManager.default.fileExists(atPath: standard.path)
    }

    /// One of our own, which an independent implementation computed.
    static func own(_ name: String) -> URL {
        packageRoot.appending(path: "protocol/vectors/pseudonym/\(name).json")
    }

    /// Of what is sealed, computed likewise.
    static let sealed = packageRoot.appending(path: "protocol/vectors/rekey/sealed.json")

    static func load<Content: Decodable>(_ url: URL) throws -> Content {
        try JSONDecoder().decode(Content.self, from: Data(contentsOf: url))
    }
}

/// Bytes written in hexadecimal, as vectors write them.
struct Hex: Decodable, Hashable {
    let bytes: [UInt8]

    init(_ text: String) throws {
        let digits = Array(text)
        guard digits.count.isMultiple(of: 2) else { throw VectorError.hexadecimal }
        bytes = try stride(from: 0, to: digits.count, by: 2).map { index in
            guard let byte = UInt8(String(digits[index...index + 1]), radix: 16) else {
                throw VectorError.hexadecimal
            }
            return byte
        }
    }

    init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }
}

enum VectorError: Error {
    case hexadecimal
    case scalar
}
