import Crypto
import Exchange
import HTTPSignatures
import Membership

/// The keys that members sign requests with and nodes sign answers with, over all directories given: a
/// signature stays valid when its key has left.
struct PartyKeys: Sendable {
    private var requests: [Name: Curve25519.Signing.PublicKey] = [:]
    private var answers: [Name: Curve25519.Signing.PublicKey] = [:]

    private struct Name: Hashable {
        let owner: String
        let keyID: String
    }

    init(_ directories: [Directory]) {
        for directory in directories {
            for member in directory.members {
                add(member.requestKeys, of: "\(member.id)", to: \.requests)
            }
            for node in directory.nodes { add(node.answerKeys, of: "\(node.id)", to: \.answers) }
        }
    }

    /// A member's key for requests.
    func request(_ keyID: SigningKeyID, of member: MemberID) -> Curve25519.Signing.PublicKey? {
        requests[Name(owner: "\(member)", keyID: keyID.text)]
    }

    /// A node's key for answers.
    func answer(_ keyID: SigningKeyID, of node: NodeID) -> Curve25519.Signing.PublicKey? {
        answers[Name(owner: "\(node)", keyID: keyID.text)]
    }

    private mutating func add(
        _ entries: [SigningKeyEntry], of owner: String,
        to keys: WritableKeyPath<PartyKeys, [Name: Curve25519.Signing.PublicKey]>
    ) {
        for entry in entries {
            let key = try? Curve25519.Signing.PublicKey(
                rawRepresentation: entry.publicKey.bytes)
            self[keyPath: keys][Name(owner: owner, keyID: entry.keyID.text)] = key
        }
    }
}
