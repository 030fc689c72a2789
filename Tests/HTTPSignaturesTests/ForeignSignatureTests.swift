import Crypto
import Foundation
import Testing

@testable import HTTPSignatures

/// `protocol/vectors/signatures/signatures.json`, and what CreditMesh signs in the same form.
private struct SignedExchange: Codable {
    let name: String
    let method: String
    let targetUri: String
    let body: String
    let headers: [[String]]
    let base: String
    let nonce: String
    let status: Int
    let answerBody: String
    let answerHeaders: [[String]]
    let answerBase: String

    var request: RequestMessage {
        get throws {
            guard let method = RequestMessage.Method(rawValue: method), let target else {
                throw FixtureError.value
            }
            return RequestMessage(method: method, target: target, fields: Self.fields(headers))
        }
    }

    var answer: AnswerMessage {
        get throws {
            guard let answer = AnswerMessage(status: status, fields: Self.fields(answerHeaders))
            else { throw FixtureError.value }
            return answer
        }
    }

    private var target: TargetURI? {
        let slash = targetUri.dropFirst("https://".count).firstIndex(of: "/")
        return slash.flatMap {
            TargetURI(endpoint: String(targetUri[..<$0]), rawTarget: String(targetUri[$0...]))
        }
    }

    private static func fields(_ headers: [[String]]) -> [HeaderField] {
        headers.map { HeaderField($0[0], $0[1]) }
    }
}

@Suite("Signatures of another make")
struct ForeignSignatureTests {
    private static let folder = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "protocol/vectors/signatures")

    private static func vectors() throws -> [SignedExchange] {
        let data = try Data(contentsOf: folder.appending(path: "signatures.json"))
        return try JSONDecoder().decode([SignedExchange].self, from: data)
    }

    @Test("are verified: requests, and the answers bound to them")
    func verified() throws {
        let vectors = try Self.vectors()
        #expect(vectors.count == 3)
        for vector in vectors {
            let signature = try RequestSignature(of: vector.request)
            let request = try signature.verified(by: Sample.key("harbor-1").publicKey)
            #expect(request.signed.base.bytes == Array(vector.base.utf8), "\(vector.name)")
            #expect(request.nonce.text == vector.nonce)
            let content = ContentDigest(of: Array(vector.body.utf8))
            try request.check(content: content, at: Sample.created)

            let answer = try AnswerSignature(of: vector.answer, to: request.signed).verified(
                by: Sample.key("lakeside-1").publicKey,
                content: ContentDigest(of: Array(vector.answerBody.utf8)))
            #expect(answer.signed.base.bytes == Array(vector.answerBase.utf8))
        }
    }

    /// The same exchanges, signed here.
    private static func signedHere() throws -> [SignedExchange] {
        try vectors().map { vector in
            guard let nonce = SignatureNonce(text: vector.nonce) else { throw FixtureError.value }
            let request = try Sample.signer().sign(
                vector.request, content: Array(vector.body.utf8), created: Sample.created,
                nonce: nonce)
            let answer = try Sample.signer("lakeside-1").sign(
                vector.answer, content: Array(vector.answerBody.utf8), to: request,
                created: Sample.created)
            return SignedExchange(
                name: vector.name, method: vector.method, targetUri: vector.targetUri,
                body: vector.body, headers: request.message.fields.map { [$0.name, $0.value] },
                base: String(decoding: request.base.bytes, as: UTF8.self), nonce: vector.nonce,
                status: vector.status, answerBody: vector.answerBody,
                answerHeaders: answer.message.fields.map { [$0.name, $0.value] },
                answerBase: String(decoding: answer.base.bytes, as: UTF8.self))
        }
    }

    @Test(
        "verify what is signed here",
        .enabled("needs python3 with http-message-signatures 3") {
            try Self.python(["-c", "import http_message_signatures.digests"]) == 0
        })
    func verifyOurs() throws {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "signatures-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        try JSONEncoder().encode(Self.signedHere()).write(to: file)
        let script = Self.folder.appending(path: "generate.py").path()
        #expect(try Self.python([script, "--verify", file.path()]) == 0)

        var altered = try Self.signedHere()
        altered.swapAt(0, 2)
        let first = altered[0]
        altered[0] = SignedExchange(
            name: first.name, method: first.method, targetUri: first.targetUri + "x",
            body: first.body, headers: first.headers, base: first.base, nonce: first.nonce,
            status: first.status, answerBody: first.answerBody,
            answerHeaders: first.answerHeaders, answerBase: first.answerBase)
        try JSONEncoder().encode(altered).write(to: file)
        #expect(try Self.python([script, "--verify", file.path()]) != 0)
    }

    /// Runs Python and gives its exit status; it ends by itself.
    private static func python(_ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        process.environment = ProcessInfo.processInfo.environment
            .merging(["PYTHONDONTWRITEBYTECODE": "1"]) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
