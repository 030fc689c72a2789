import Foundation

@testable import TransparencyLog

/// Where the vectors lie, relative to this checkout.
enum VectorFile {
    private static let packageRoot = URL(fileURLWithPath: #filePath)
        .resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Those of the standards' own projects, which lie beside the checkout.
    private static let shared = packageRoot.deletingLastPathComponent()
        .appending(path: "shared/vectors")

    static let merkle = shared.appending(path: "merkle")
    static let tileLog = shared.appending(path: "tlog/log")

    static func isThere(_ url: URL) -> Bool {
        FileManager.default.fileExists(atPath: url.path)
    }

    /// One of our own, which an independent implementation computed.
    static func own<Content: Decodable>(_ name: String) throws -> Content {
        let url = packageRoot.appending(path: "protocol/vectors/log/\(name).json")
        return try JSONDecoder().decode(Content.self, from: Data(contentsOf: url))
    }

    /// All JSON documents under a folder, by name.
    static func documents<Content: Decodable>(under folder: URL) throws -> [(String, Content)] {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        let urls = (files?.compactMap { $0 as? URL } ?? [])
            .filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
        return try urls.map { url in
            (url.path, try JSONDecoder().decode(Content.self, from: Data(contentsOf: url)))
        }
    }

    static func bytes(_ url: URL) throws -> [UInt8] { [UInt8](try Data(contentsOf: url)) }
}

/// A hash as vectors write it: base64. Anything but 32 bytes, as some bad proofs have, is nil.
struct HashText: Decodable {
    let hash: MerkleHash?
    /// The hash, or another one that stands for such bytes: equal for equal ones; nil for none.
    let standIn: MerkleHash?

    init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        hash = Data(base64Encoded: text).flatMap { MerkleHash(bytes: $0) }
        standIn = text.isEmpty ? nil : hash ?? .leaf(Array(text.utf8))
    }
}

extension [UInt8] {
    /// Bytes from hexadecimal digits.
    init(hex text: String) throws {
        let digits = Array<Character>(text)
        guard digits.count.isMultiple(of: 2) else { throw FixtureError.text }
        self = try stride(from: 0, to: digits.count, by: 2).map { index in
            guard let byte = UInt8(String(digits[index...index + 1]), radix: 16) else {
                throw FixtureError.text
            }
            return byte
        }
    }
}
