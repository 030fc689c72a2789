import Exchange
import Foundation
import Membership
import Pseudonym

/// Makes the home of a new node.
public enum NewHome {
    /// The name of a node's first pseudonym key.
    public static let firstKeyName = "k1"

    /// Makes folders, keys and configuration; returns the keys, whose public halves belong in the
    /// directory. A home that has keys already is refused and stays as it is.
    ///
    /// - Parameter members: whose requests the node signs.
    public static func make(
        _ home: NodeHome, configuration: NodeConfiguration, members: [MemberID], now: Timestamp
    ) throws(NodeError) -> NewKeys {
        try home.createFolders()
        guard let kid = KeyID(rawValue: firstKeyName) else {
            throw .failed("no name for the first key")
        }
        let pseudonym = try NodeKeys.create(home: home, kid: kid, now: now)
        var requests: [MemberID: SigningKeyEntry] = [:]
        for member in members {
            requests[member] = try SigningKeys.createRequestKey(home: home, member: member)
        }
        let keys = NewKeys(
            pseudonym: pseudonym,
            answer: try SigningKeys.createAnswerKey(home: home, node: configuration.node),
            requests: requests,
            log: try SigningKeys.createLogKey(home: home, node: configuration.node))
        try PrivateFile.write(configuration.yaml.utf8, to: home.configuration)
        return keys
    }
}

/// What the directory must list of a new home.
public struct NewKeys: Sendable {
    /// The pseudonym key, whose public half stands under `voprfKeys` of the node.
    public let pseudonym: PseudonymKey
    /// The key of answers, under `answerKeys` of the node.
    public let answer: SigningKeyEntry
    /// The keys of requests, under `requestKeys` of each member.
    public let requests: [MemberID: SigningKeyEntry]
    /// The key of the log, whose verifier key stands under `log` of the node.
    public let log: PublicKeyBytes

    /// The node's `log` in the directory of a consortium.
    public func nodeLog(of node: NodeID, in consortium: ConsortiumID) throws(NodeError) -> NodeLog {
        let origin = NodeLog.origin(of: node, in: consortium)
        guard let key = VerifierKey(name: origin, algorithm: .ed25519, publicKey: log) else {
            throw .failed("a log cannot be named '\(origin)'")
        }
        return NodeLog(origin: origin, verifierKeys: [key])
    }
}
