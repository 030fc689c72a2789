import Exchange
import Foundation
import Pseudonym
import Testing

/// `protocol/vectors/opening/boxes.json`.
private struct OpeningVectors: Decodable {
    let consortium: String
    let kid: String
    let privateKey: String
    let publicKey: String
    let boxes: [Box]
    let sealed: String

    struct Box: Decodable {
        let content: String
        let box: String
    }

    static func load() throws -> OpeningVectors {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appending(path: "protocol/vectors/opening/boxes.json")
        return try JSONDecoder().decode(OpeningVectors.self, from: Data(contentsOf: file))
    }
}

private func bytes(_ hexadecimal: String) throws -> [UInt8] {
    let digits = Array(hexadecimal)
    return try stride(from: 0, to: digits.count, by: 2).map {
        try #require(UInt8(String(digits[$0...$0 + 1]), radix: 16))
    }
}

@Suite("Openable evaluations, against another implementation")
struct OpeningVectorTests {
    private let vectors: OpeningVectors
    private let key: OpeningPrivateKey

    init() throws {
        vectors = try OpeningVectors.load()
        let file = FileManager.default.temporaryDirectory
            .appending(path: "opening-vector-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try #require(
            FileManager.default.createFile(
                atPath: file.path, contents: Data(try bytes(vectors.privateKey)),
                attributes: [.posixPermissions: 0o600]))
        key = try OpeningPrivateKey.load(file.path)
        try #require(vectors.boxes.count == 3)
    }

    @Test("boxes that another made are opened to the byte, and their elements are made anew")
    func opens() throws {
        #expect(key.publicKey.bytes == (try bytes(vectors.publicKey)))
        for vector in vectors.boxes {
            let opened = try #require(key.open(bytes(vector.box)))
            #expect(opened == Array(vector.content.utf8))
            let content = try #require(BoxContent(bytes: opened))
            #expect(content.bytes == opened)
            #expect(content.opening == vectors.kid)
            let blinding = try #require(
                OpenedBlinding(
                    consortium: vectors.consortium, scheme: content.scheme,
                    normalForm: content.identifier, blind: content.blind))
            #expect(blinding.element.bytes == content.element)
        }
    }

    @Test("the digest binds to all boxes in their order")
    func digest() throws {
        let boxes = try vectors.boxes.map { try bytes($0.box) }
        #expect(Base64URL.encode(SealedBoxes(boxes).digest.bytes) == vectors.sealed)
        #expect(SealedBoxes(boxes.reversed()).digest != SealedBoxes(boxes).digest)
        #expect(SealedBoxes(boxes.dropLast()).digest != SealedBoxes(boxes).digest)
    }

    @Test("a box that was changed in any byte does not open")
    func changed() throws {
        let box = try bytes(vectors.boxes[0].box)
        for place in stride(from: 0, to: box.count, by: 7) {
            var changed = box
            changed[place] ^= 1
            // The highest bit of the made key is not of the point.
            guard place != 31 else { continue }
            #expect(key.open(changed) == nil, "byte \(place)")
        }
        for length in [0, 31, 47, 48, box.count - 1] {
            #expect(key.open(Array(box.prefix(length))) == nil)
        }
        #expect(OpeningPrivateKey.generate().open(box) == nil)
    }

    @Test("a content in any other spelling is none")
    func spelling() throws {
        let text = vectors.boxes[0].content
        let fields = text.dropFirst().dropLast().components(separatedBy: ",")
        let others = [
            "", "{}", text + " ", text.replacingOccurrences(of: ":", with: ": "),
            text.replacingOccurrences(of: "\"scheme\"", with: "\"schema\""),
            text.replacingOccurrences(of: "\"purpose\"", with: "\"salt\""),
            "{" + (fields.dropFirst() + fields.prefix(1)).joined(separator: ",") + "}",
            "{" + fields.dropLast().joined(separator: ",") + "}",
            "{" + (fields + ["\"more\":1"]).joined(separator: ",") + "}",
        ]
        for other in others {
            #expect(BoxContent(bytes: Array(other.utf8)) == nil, "\(other.count) letters")
        }
    }

    @Test("a factor that nobody can have used makes no element")
    func factors() throws {
        let content = try #require(BoxContent(bytes: Array(vectors.boxes[0].content.utf8)))
        let made = { (scheme: String, identifier: String, blind: [UInt8]) in
            OpenedBlinding(
                consortium: vectors.consortium, scheme: scheme, normalForm: identifier,
                blind: blind)
        }
        let (scheme, identifier) = (content.scheme, content.identifier)
        #expect(made(scheme, identifier, content.blind) != nil)
        for blind in [
            [], Array(repeating: 0, count: 32), Array(repeating: 0xFF, count: 32),
            content.blind.dropLast(), content.blind + [0],
        ] as [[UInt8]] {
            #expect(made(scheme, identifier, blind) == nil)
        }
        #expect(made("CN", identifier, content.blind) == nil)
        #expect(made(scheme, "", content.blind) == nil)
        #expect(made(scheme, "a\0b", content.blind) == nil)
        #expect(made(scheme, String(repeating: "9", count: 65), content.blind) == nil)
    }

    @Test("nothing of a content is printed")
    func redaction() throws {
        let content = try #require(BoxContent(bytes: Array(vectors.boxes[0].content.utf8)))
        var dumped = ""
        dump(content, to: &dumped)
        for text in ["\(content)", String(reflecting: content), dumped] {
            #expect(!text.contains(content.identifier))
            #expect(!text.contains(Base64URL.encode(content.blind)))
        }
    }
}
