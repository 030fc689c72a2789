import Foundation
import Membership

/// The folder in which one node keeps everything: configuration, keys, certificate, store.
///
/// Folders have mode 0700, keys and tokens 0600.
public struct NodeHome: Sendable {
    /// The folder.
    public let folder: URL

    /// Names a home; nothing is touched.
    public init(_ folder: URL) {
        self.folder = folder
    }

    /// The configuration, `node.yaml`.
    public var configuration: URL { folder.appending(path: "node.yaml") }
    /// The pseudonym keys, one file a key.
    public var pseudonymKeys: URL { folder.appending(path: "keys/voprf") }
    /// The key of account references.
    public var referenceKey: URL { folder.appending(path: "keys/reference.key") }
    /// The public halves of the members' rekey keys, one file a member.
    public var rekeyKeys: URL { folder.appending(path: "keys/rekey") }
    /// The public half of one member's rekey key.
    public func rekeyKey(of member: MemberID) -> URL {
        rekeyKeys.appending(path: "\(member).pub")
    }
    /// The keys that sign the node's answers, one file a key.
    public var answerKeys: URL { folder.appending(path: "keys/answers") }
    /// The keys that sign requests, one folder a member.
    public var requestKeys: URL { folder.appending(path: "keys/requests") }
    /// The keys that sign one member's requests, one file a key.
    public func requestKeys(of member: MemberID) -> URL {
        requestKeys.appending(path: "\(member)")
    }
    /// The keys that sign the node's log, one file a key.
    public var logKeys: URL { folder.appending(path: "keys/log") }
    /// The names of signing keys that are to leave the directory, and then to be destroyed.
    public var leavingKeys: URL { folder.appending(path: "keys/leaving") }
    /// The keys of the node as a witness, one file a key.
    public var witnessKeys: URL { folder.appending(path: "keys/witness") }
    /// What witnesses cosigned of the node's log.
    public var cosigned: URL { folder.appending(path: "witnesses/cosigned") }
    /// What the node itself cosigned as a witness: of each log the newest checkpoint.
    public var witnessed: URL { folder.appending(path: "witnesses/given") }
    /// What the node awaits of other logs.
    public var awaited: URL { folder.appending(path: "witnesses/awaited") }
    /// What the log told last of the node itself.
    public var recorded: URL { folder.appending(path: "recorded") }
    /// Of each regulator the newest denial.
    public var denials: URL { folder.appending(path: "denials") }
    /// What was deleted of members that left, one file a member.
    public var departures: URL { folder.appending(path: "departures") }
    /// Alarms with their evidence.
    public var alarms: URL { folder.appending(path: "alarms") }
    /// The certificate chain, PEM.
    public var certificate: URL { folder.appending(path: "tls/node.pem") }
    /// The certificate's private key, PEM PKCS#8.
    public var certificateKey: URL { folder.appending(path: "tls/node.key") }
    /// The key of a certificate that is to come, and then that certificate, until it is in place.
    public var nextCertificateKey: URL { folder.appending(path: "tls/next/node.key") }
    /// A certificate on its way into its place.
    public var nextCertificate: URL { folder.appending(path: "tls/next/node.pem") }
    /// The consortium's roots, PEM.
    public var roots: URL { folder.appending(path: "tls/roots.pem") }
    /// The directory in force in plain, where it comes from a repository.
    public var directoryFile: URL { folder.appending(path: "directory/members.json") }
    /// The store.
    public var store: URL { folder.appending(path: "store/creditmesh.sqlite") }
    /// The exchange log.
    public var log: URL { folder.appending(path: "log/log.sqlite") }
    /// The record of what the log promised last; apart from it, so that one is not lost with the
    /// other.
    public var logRecord: URL { folder.appending(path: "promised/checkpoint") }
    /// The token of the local API, which a client sends.
    public var localToken: URL { folder.appending(path: "local-api/token") }
    /// The tokens with which members use the local API for themselves, one file a member.
    public var memberTokens: URL { folder.appending(path: "local-api/members") }
    /// The token of one member.
    public func memberToken(of member: MemberID) -> URL {
        memberTokens.appending(path: "\(member)")
    }
    /// Where the local API of the running node is: written at start, removed at stop.
    public var localAddress: URL { folder.appending(path: "local-api/url") }

    /// Makes the folders that are missing.
    public func createFolders() throws(NodeError) {
        let folders =
            [folder, pseudonymKeys]
            + ["tls", "store", "log", "promised", "local-api"].map {
                folder.appending(path: $0)
            }
        for folder in folders { try Self.createFolder(folder) }
    }

    /// Makes a folder of mode 0700, and those above it, where they are missing.
    public static func createFolder(_ folder: URL) throws(NodeError) {
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw .file(folder.path, "cannot be made: \(error.localizedDescription)")
        }
    }
}
