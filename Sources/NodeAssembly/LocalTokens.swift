import Console
import Foundation
import Membership
import Synchronization

/// The tokens of the local API as files of a home, the operator's and one for each member, so that a
/// lender that is hosted is given its own and nobody else's. New ones are made at every start; while
/// the node runs, for members that come and where a file was taken away.
final class LocalTokens: Sendable {
    private struct Held {
        var nodeOperator: AccessToken
        var members: [MemberID: AccessToken] = [:]
    }

    /// What the server opens by.
    let access = AccessTokens()
    private let home: NodeHome
    private let held: Mutex<Held>

    /// Makes new tokens for a node's start.
    ///
    /// - Parameter served: the members of the node.
    init(home: NodeHome, served: [MemberID]) throws(NodeError) {
        self.home = home
        try NodeHome.createFolder(home.memberTokens)
        for file in Self.files(in: home.memberTokens) { unlink(file.path) }
        held = Mutex(Held(nodeOperator: try Self.make(home.localToken)))
        try look(served: served)
    }

    /// Makes the files that are missing, each with a new token, and removes those of members that are
    /// no longer of this node. What has no file opens nothing, also when none can be written.
    func look(served: [MemberID]) throws(NodeError) {
        let failure = held.withLock { held in
            let failure = renew(&held, served: served)
            access.replace(
                nodeOperator: held.nodeOperator, members: held.members, served: served)
            return failure
        }
        if let failure { throw failure }
    }

    private func renew(_ held: inout Held, served: [MemberID]) -> NodeError? {
        var failure: NodeError?
        if !Self.isThere(home.localToken) {
            // Until it is in a file nobody knows it.
            held.nodeOperator = .random()
            failure = Self.write(held.nodeOperator, to: home.localToken)
        }
        for member in held.members.keys where !served.contains(member) {
            held.members[member] = nil
            unlink(home.memberToken(of: member).path)
        }
        for member in served {
            let file = home.memberToken(of: member)
            guard held.members[member] == nil || !Self.isThere(file) else { continue }
            let token = AccessToken.random()
            held.members[member] = token
            failure = Self.write(token, to: file) ?? failure
        }
        return failure
    }

    private static func make(_ file: URL) throws(NodeError) -> AccessToken {
        let token = AccessToken.random()
        if let failure = write(token, to: file) { throw failure }
        return token
    }

    private static func write(_ token: AccessToken, to file: URL) -> NodeError? {
        do {
            try PrivateFile.write(token.text.utf8, to: file)
            return nil
        } catch {
            return error
        }
    }

    private static func isThere(_ file: URL) -> Bool {
        FileManager.default.fileExists(atPath: file.path)
    }

    private static func files(in folder: URL) -> [URL] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.map { folder.appending(path: $0) }
    }
}
