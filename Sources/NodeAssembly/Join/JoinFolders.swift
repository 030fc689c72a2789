import Foundation

/// The folders of a join: a home comes into being beside its place, and is moved there whole.
struct JoinFolders {
    /// Where the home will be.
    let home: NodeHome
    /// Where keys are being made; what lies there is worth nothing.
    let making: NodeHome
    /// The home with all keys, until the certificate has come.
    let joining: NodeHome

    init(_ home: NodeHome) {
        let folder = home.folder.standardizedFileURL
        let name = folder.lastPathComponent
        let parent = folder.deletingLastPathComponent()
        let beside = { (suffix: String) in
            NodeHome(parent.appending(path: ".\(name).\(suffix)", directoryHint: .isDirectory))
        }
        self.home = NodeHome(parent.appending(path: name, directoryHint: .isDirectory))
        making = beside("making")
        joining = beside("joining")
    }

    /// What says that a join is at work.
    var lock: URL {
        let folder = home.folder
        return folder.deletingLastPathComponent()
            .appending(path: ".\(folder.lastPathComponent).lock")
    }

    /// The keys of a regulator that belong in no node's home.
    var regulator: URL {
        let name = home.folder.lastPathComponent
        return home.folder.deletingLastPathComponent().appending(path: "\(name).regulator")
    }

    /// The request for a certificate, DER.
    func request(in home: NodeHome) -> URL { home.folder.appending(path: "enrolment/request.der") }
    /// The document of keys.
    func keys(in home: NodeHome) -> URL { home.folder.appending(path: "enrolment/keys.json") }
    /// The first root.
    func root(in home: NodeHome) -> URL { home.folder.appending(path: "directory/1.root.json") }
    /// A regulator's keys on their way.
    func regulator(in home: NodeHome) -> URL { home.folder.appending(path: "regulator") }

    func exists(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }

    /// Removes what was being made.
    func discardMaking() throws(NodeError) {
        guard exists(making.folder) else { return }
        do {
            try FileManager.default.removeItem(at: making.folder)
        } catch {
            throw .file(making.folder.path, "cannot be removed")
        }
    }

    /// Moves a folder to its place, which is free or an empty folder; then it is there for good.
    func move(_ source: URL, to place: URL) throws(NodeError) {
        guard rename(source.path.trimmed, place.path.trimmed) == 0 else {
            throw .file(place.path, "cannot be put in place: \(String(cString: strerror(errno)))")
        }
        let parent = place.deletingLastPathComponent()
        let descriptor = open(parent.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .file(parent.path, "cannot be opened") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw .file(parent.path, "cannot be written to disk")
        }
    }
}

extension String {
    /// Without the slash at the end that marks a folder.
    fileprivate var trimmed: String { count > 1 && hasSuffix("/") ? String(dropLast()) : self }
}
