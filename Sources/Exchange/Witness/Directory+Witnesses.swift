import Membership
import TransparencyLog

/// A witness of the directory with its key, ready to verify.
public struct DirectoryWitness: Sendable, Equatable {
    /// As the directory lists it.
    public let entry: WitnessEntry
    /// The key of its cosignatures.
    public let key: NoteKey
}

extension Directory {
    /// The witnesses that count for a node's log: all but those of the node's own operator
    /// (protocol/log.md, "Witnesses").
    public func witnesses(of node: NodeEntry) -> [DirectoryWitness] {
        witnesses.compactMap { witness in
            guard witness.operatorName != node.operatorName,
                let key = NoteKey(witness.verifierKey.description)
            else { return nil }
            return DirectoryWitness(entry: witness, key: key)
        }
    }

    /// The node whose log has this name.
    public func node(withLog origin: TransparencyLog.KeyName) -> NodeEntry? {
        let origin = origin.description
        return nodes.first { $0.log?.origin == origin }
    }
}

extension NodeEntry {
    /// The keys that sign the node's log; none for a node without one.
    public var logKeys: [NoteKey] {
        (log?.verifierKeys ?? []).compactMap { NoteKey($0.description) }
    }
}
