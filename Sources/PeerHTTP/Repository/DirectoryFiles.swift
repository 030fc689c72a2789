/// The verified files of the directory's repository, for peers that ask (protocol/directory.md, "Peers").
public protocol DirectoryFiles: Sendable {
    /// A file by its name; nil when there is none.
    func directoryFile(_ name: String) -> [UInt8]?
}
