import CoreMetrics
import Crypto
import Exchange
import Membership
import Store
import TransparencyLog

/// Opens a node's exchange log, and says what to do where it is not what it promised to be.
enum OpenedLog {
    /// The log of a home, made anew when there is none.
    static func open(
        _ home: NodeHome, node: NodeEntry, keys: SigningKeys, clock: any Exchange.Clock,
        metrics: any MetricsFactory
    ) throws(NodeError) -> SQLiteLog {
        try NodeHome.createFolder(home.logRecord.deletingLastPathComponent())
        do {
            return try SQLiteLog.open(
                at: home.log.path, record: home.logRecord.path, node: node.id,
                signers: try signers(of: node, keys: keys.log),
                others: others(of: node, keys: keys.log), clock: clock, metrics: metrics)
        } catch let error as NodeError {
            throw error
        } catch let error as LogCheckError {
            throw Self.explained(error, home)
        } catch {
            throw .failed("the exchange log cannot be opened: \(error)")
        }
    }

    /// The keys of the log that the directory lists and the home holds, in the directory's order.
    ///
    /// - Throws: `NodeError.log` when there is none.
    static func signers(
        of node: NodeEntry, keys: [Curve25519.Signing.PrivateKey]
    ) throws(NodeError) -> [NoteSigner] {
        let listed = node.log?.verifierKeys ?? []
        let signers = listed.compactMap { listed -> NoteSigner? in
            guard let name = TransparencyLog.KeyName(listed.name),
                let key = keys.first(where: {
                    Array($0.publicKey.rawRepresentation) == listed.publicKey.bytes
                })
            else { return nil }
            return NoteSigner(name: name, privateKey: key)
        }
        guard !signers.isEmpty else {
            throw .log(
                .key, "the directory lists no key of the log of '\(node.id)' that this home holds")
        }
        return signers
    }

    /// All keys of the home under the log's name: the record may bear one that is no longer listed.
    private static func others(
        of node: NodeEntry, keys: [Curve25519.Signing.PrivateKey]
    ) -> [NoteKey] {
        guard let name = (node.log?.origin).flatMap({ TransparencyLog.KeyName($0) }) else {
            return []
        }
        return keys.compactMap { NoteSigner(name: name, privateKey: $0)?.key }
    }

    private static func explained(_ error: LogCheckError, _ home: NodeHome) -> NodeError {
        let path = home.log.path
        return switch error {
        case .truncated(let has, let promised):
            .log(
                .truncated,
                "\(path) has \(has) entries and promised \(promised): put back the newest copy, "
                    + "or tell the regulator; nothing was changed")
        case .altered:
            .log(
                .altered,
                "\(path) has other entries than it promised: put back the newest copy, "
                    + "or tell the regulator; nothing was changed")
        case .recordMissing(let record), .recordUnreadable(let record):
            .log(
                .record,
                "\(record), the record of what the log promised last, is gone or cannot be read: "
                    + "put back the newest copy; nothing was changed")
        case .key: .log(.key, "the keys of this home are none of the log in \(path)")
        case .store(.inUse(let path)):
            .inUse(
                "\(path) is in use by another process; is the node running? Stop it first.")
        case .store(let error): .failed("the exchange log cannot be opened: \(error)")
        }
    }
}
