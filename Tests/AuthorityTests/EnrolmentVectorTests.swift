import Crypto
import Foundation
import Membership
import StrictJSON
import TUF
import Testing

/// `protocol/vectors/enrolment/enrolment.json`, computed without our code.
@Suite("Enrolment, as others compute it")
struct EnrolmentVectorTests {
    private let vectors: Vectors

    init() throws {
        let file = URL(filePath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "protocol/vectors/enrolment/enrolment.json")
        vectors = try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: file))
    }

    @Test("a first root is one, and tokens name its digest")
    func root() throws {
        let bytes = Array(vectors.root.file.utf8)
        _ = try TrustedMetadata(root: bytes, startTime: AuthorityScene.now, accepting: .directory)
        #expect(Self.base64URL(SHA256.hash(data: bytes)) == vectors.root.digest)
        #expect(vectors.tokens.good.root == vectors.root.digest)
    }

    @Test("a token says what it says, in one spelling, and is known by a digest alone")
    func token() throws {
        let good = vectors.tokens.good
        let token = try #require(InvitationToken(good.token))
        #expect(token.consortium.text == good.consortium)
        #expect(token.node.text == good.node)
        #expect(token.authority.description == good.authority)
        #expect(Self.base64URL(token.root) == good.root)
        #expect(Self.base64URL(token.certificate) == good.certificate)
        #expect(token.password == good.secret)
        #expect(token.text == good.token)
        #expect(Self.base64URL(InvitationToken.digest(of: token.secret)) == good.secretDigest)
        let basic = Data("\(token.node):\(token.password)".utf8).base64EncodedString()
        #expect("Basic \(basic)" == good.authorization)
        for spelling in good.otherSpellings { #expect(InvitationToken(spelling) == token) }
    }

    @Test("what was changed is no token")
    func refused() {
        #expect(vectors.tokens.refused.count > 20)
        for changed in vectors.tokens.refused {
            #expect(InvitationToken(changed.token) == nil, "\(changed.name)")
        }
    }

    @Test("documents of keys are read, written and named by the same fingerprint")
    func keys() throws {
        #expect(vectors.keys.count == 3)
        for vector in vectors.keys {
            let invitation = try Invitation(json: vector.invitation.json)
            let keys = try EnrolledKeys(bytes: Array(vector.document.utf8), of: invitation)
            #expect(keys.fingerprint == vector.fingerprint, "\(vector.name)")
            #expect(keys.json.encoded == Array(vector.document.utf8), "\(vector.name)")
            let spaced = vector.document.replacing(",\"", with: " ,\n \"")
            let again = try EnrolledKeys(bytes: Array(spaced.utf8), of: invitation)
            #expect(again.fingerprint == vector.fingerprint, "\(vector.name)")
        }
    }

    private static func base64URL(_ bytes: some Sequence<UInt8>) -> String {
        Data(Array(bytes)).base64EncodedString().replacing("+", with: "-")
            .replacing("/", with: "_").replacing("=", with: "")
    }
}

private struct Vectors: Decodable {
    let root: Root
    let tokens: Tokens
    let keys: [Keys]

    struct Root: Decodable {
        let file: String
        let digest: String
    }

    struct Tokens: Decodable {
        let good: Good
        let refused: [Refused]
    }

    struct Good: Decodable {
        let token: String
        let consortium: String
        let node: String
        let authority: String
        let root: String
        let certificate: String
        let secret: String
        let secretDigest: String
        let authorization: String
        let otherSpellings: [String]
    }

    struct Refused: Decodable {
        let name: String
        let token: String
    }

    struct Keys: Decodable {
        let name: String
        let invitation: Invited
        let document: String
        let fingerprint: String
    }

    /// An invitation, whose shape `Invitation` reads.
    struct Invited: Decodable {
        let consortium: String
        let node: String
        let `operator`: String
        let endpoint: String
        let members: [Member]

        struct Member: Decodable {
            let id: String
            let legalName: String
            let role: String
            let status: String?
            let supervises: [String]?
        }

        var json: JSONValue {
            .members([
                "consortium": .string(consortium), "node": .string(node),
                "operator": .string(`operator`), "endpoint": .string(endpoint),
                "members": .array(
                    members.map { member in
                        .members([
                            "id": .string(member.id), "legalName": .string(member.legalName),
                            "role": .string(member.role),
                            "status": member.status.map { .string($0) },
                            "supervises": member.supervises.map { .array($0.map { .string($0) }) },
                        ])
                    }),
            ])
        }
    }
}
