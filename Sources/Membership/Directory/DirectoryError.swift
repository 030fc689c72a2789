import StrictJSON

/// Why a document is not taken as a directory. Whoever wrote it is at fault and has to correct it;
/// a node keeps the last good one. No case repeats a value of the document.
public enum DirectoryError: Error, Sendable, Equatable {
    /// More than ``Directory/bytesMax`` bytes.
    case tooLarge
    /// Not readable as JSON within ``JSONLimits``; `offset` counts bytes from 0.
    case unreadable(JSONFault, offset: Int)
    /// The value at `path`, such as `nodes[3].voprfKeys[0].kid` (empty for the whole document),
    /// breaks `rule`.
    case invalid(path: String, rule: DirectoryRule)
}

extension DirectoryError: CustomStringConvertible {
    /// One line for the administrator: where, and what to change.
    public var description: String {
        switch self {
        case .tooLarge: "the directory is larger than \(Directory.bytesMax) bytes"
        case .unreadable(let fault, let offset): "the directory, at byte \(offset): \(fault)"
        case .invalid(let path, let rule):
            "the directory\(path.isEmpty ? "" : ", at \(path)"): \(rule)"
        }
    }
}
