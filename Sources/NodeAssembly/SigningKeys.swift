import Crypto
import Foundation
import HTTPSignatures
import Membership

/// The Ed25519 keys with which a node signs: its answers, its members' requests and its log. Each is
/// a file of its own, mode 0600, that holds the private half's 32 bytes and is named for the key.
public struct SigningKeys: Sendable {
    /// The keys of the node's answers.
    public let answers: [MessageSigner]
    /// The keys of its members' requests.
    public let requests: [MemberID: [MessageSigner]]
    /// The private halves of the keys that sign the node's log.
    public let log: [Curve25519.Signing.PrivateKey]
    /// The private halves of the node's keys as a witness.
    public let witness: [Curve25519.Signing.PrivateKey]

    /// Reads the keys of a home; a kind of which there is none is empty.
    ///
    /// - Throws: `NodeError.file` for a file that is not a key, or that others may read.
    public init(home: NodeHome) throws(NodeError) {
        answers = try Self.signers(in: home.answerKeys)
        var requests: [MemberID: [MessageSigner]] = [:]
        for name in Self.names(in: home.requestKeys) {
            guard let member = MemberID(name) else {
                throw .file(home.requestKeys.appending(path: name).path, "is named for no member")
            }
            requests[member] = try Self.signers(in: home.requestKeys(of: member))
        }
        self.requests = requests
        log = try Self.files(in: home.logKeys).map(\.key)
        witness = try Self.files(in: home.witnessKeys).map(\.key)
    }

    /// Makes another key of a node's answers; returns what the directory must list.
    public static func createAnswerKey(
        home: NodeHome, node: NodeID
    ) throws(NodeError) -> SigningKeyEntry {
        try create(in: home.answerKeys, named: node.text)
    }

    /// Makes another key of a member's requests; returns what the directory must list.
    public static func createRequestKey(
        home: NodeHome, member: MemberID
    ) throws(NodeError) -> SigningKeyEntry {
        try create(in: home.requestKeys(of: member), named: member.text)
    }

    /// Makes another key of a node's log; returns its public half.
    public static func createLogKey(
        home: NodeHome, node: NodeID
    ) throws(NodeError) -> PublicKeyBytes {
        try create(in: home.logKeys, named: node.text).publicKey
    }

    /// The name of a node as a witness, which is also its key's.
    public static func witnessName(of node: NodeID, in consortium: ConsortiumID) -> String {
        "\(consortium)/witness/\(node)"
    }

    /// Makes another key of a node as a witness; returns its public half.
    public static func createWitnessKey(
        home: NodeHome, node: NodeID
    ) throws(NodeError) -> PublicKeyBytes {
        try create(in: home.witnessKeys, named: node.text).publicKey
    }

    /// Length of a private half in its file.
    private static let fileBytes = 32
    /// How much of an owner's id stands in the id of a key: with 8 digits of the key itself, ids
    /// are of at most 32 letters, and different for different keys.
    private static let ownerLetters = 23

    /// A new key in a folder. The id tells whose it is, and which one.
    static func create(
        in folder: URL, named owner: String
    ) throws(NodeError) -> SigningKeyEntry {
        try NodeHome.createFolder(folder)
        let privateKey = Curve25519.Signing.PrivateKey()
        let digest = SHA256.hash(data: privateKey.publicKey.rawRepresentation)
        let digits = digest.prefix(4).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        let name = "\(owner.prefix(ownerLetters))-\(digits.joined())"
        guard let keyID = KeyName(name),
            let publicKey = PublicKeyBytes(Array(privateKey.publicKey.rawRepresentation))
        else { throw .failed("a key cannot be named '\(name)'") }
        try PrivateFile.write(
            privateKey.rawRepresentation, to: folder.appending(path: "\(name).key"))
        return SigningKeyEntry(keyID: keyID, publicKey: publicKey)
    }

    private static func signers(in folder: URL) throws(NodeError) -> [MessageSigner] {
        var signers: [MessageSigner] = []
        for (file, key) in try files(in: folder) {
            let name = file.deletingPathExtension().lastPathComponent
            guard let keyID = SigningKeyID(name) else {
                throw .file(file.path, "is not named for a key: 1 to 32 of A-Z a-z 0-9 _ -")
            }
            signers.append(MessageSigner(keyID: keyID, privateKey: key))
        }
        return signers
    }

    /// The keys of a folder by their files, in the order of the files' names.
    static func files(
        in folder: URL
    ) throws(NodeError) -> [(file: URL, key: Curve25519.Signing.PrivateKey)] {
        var files: [(URL, Curve25519.Signing.PrivateKey)] = []
        for name in names(in: folder) where name.hasSuffix(".key") {
            let file = folder.appending(path: name)
            let bytes = try PrivateFile.read(file, bytesMax: fileBytes)
            guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes) else {
                throw .file(file.path, "must hold exactly \(fileBytes) bytes")
            }
            files.append((file, key))
        }
        return files
    }

    /// The names in a folder, in their order; none of one that is not there.
    private static func names(in folder: URL) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }
}
