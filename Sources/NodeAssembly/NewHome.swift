import Exchange
import Foundation
import Pseudonym

/// Makes the home of a new node.
public enum NewHome {
    /// The name of a node's first pseudonym key.
    public static let firstKeyName = "k1"

    /// Makes folders, keys and configuration; returns the pseudonym key, whose public half belongs
    /// in the directory. A home that has keys already is refused and stays as it is.
    public static func make(
        _ home: NodeHome, configuration: NodeConfiguration, now: Timestamp
    ) throws(NodeError) -> PseudonymKey {
        try home.createFolders()
        guard let kid = KeyID(rawValue: firstKeyName) else {
            throw .failed("no name for the first key")
        }
        let key = try NodeKeys.create(home: home, kid: kid, now: now)
        try PrivateFile.write(configuration.yaml.utf8, to: home.configuration)
        return key
    }
}
