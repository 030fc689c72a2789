/// Why a key file cannot be made or used; for the operator of the node, on the node's own machine.
public enum KeyFileError: Error, Equatable, Sendable {
    /// There is a file of this name already; a key is never overwritten. Choose another name.
    case exists
    /// There is no file of this name.
    case missing
    /// The name is a link, or not a plain file; keys are plain files. Name the file itself.
    case notPlainFile
    /// The file belongs to another user than the one who runs the node; use `chown`.
    case owner
    /// The group or others may read or write the file. The key must be taken for known: make a new
    /// one, or `chmod 600` if it is certain that nobody read it.
    case permissions
    /// Longer than `PseudonymKeyFile.bytesMax`; this is some other file.
    case tooLarge
    /// Not a key file of version 1: JSON with exactly its members, each of its own form.
    case format
    /// The system refused an operation; `errno` tells why.
    case system(operation: String, errno: Int32)
}

extension KeyFileError: CustomStringConvertible {
    /// What is wrong and what to do about it.
    public var description: String {
        switch self {
        case .exists: "a key file of this name exists; keys are never overwritten"
        case .missing: "there is no key file of this name"
        case .notPlainFile: "the key file is a link or not a plain file; name the file itself"
        case .owner: "the key file belongs to another user; use chown"
        case .permissions:
            "others may read or write the key file; make a new key, or chmod 600 if nobody read it"
        case .tooLarge:
            "the key file has more than \(PseudonymKeyFile.bytesMax) bytes; it is some other file"
        case .format: "this is not a key file of version \(PseudonymKeyFile.version)"
        case .system(let operation, let errno): "cannot \(operation) the key file (errno \(errno))"
        }
    }
}
