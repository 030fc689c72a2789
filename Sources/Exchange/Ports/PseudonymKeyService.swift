/// Changes the pseudonym key of a running node (protocol/rekey.md, "With the node running").
public protocol PseudonymKeyService: Sendable {
    /// Makes the coming key, or goes on with it, and the tokens that the private halves allow.
    ///
    /// - Parameter privateHalves: absolute paths of the files of rekey keys' private halves, which the
    ///   node reads and forgets afterwards: they go over no connection.
    /// - Throws: `KeyServiceError`.
    func prepare(privateHalves: [String]) async throws(KeyServiceError) -> KeyPreparation

    /// Destroys the retiring keys that the directory no longer lists, and what was made under them.
    ///
    /// - Returns: their names.
    /// - Throws: `KeyServiceError`.
    func retire() async throws(KeyServiceError) -> [String]
}

/// Why a key was not changed. The text is for the operator and names keys and members, no secrets.
public enum KeyServiceError: Error, Equatable, Sendable {
    /// The node serves no such lender.
    case unknownMember(String)
    /// The directory does not allow it yet.
    case directory(String)
    /// The store or a file of a key failed; the same may be asked again.
    case failed(String)
}
