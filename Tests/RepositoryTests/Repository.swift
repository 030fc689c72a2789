import Foundation

/// The files of this repository, as they stand on the disk.
struct Repository {
    /// The package's folder: three above this file, wherever a link led to it.
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The repository that this test belongs to.
    static let own = Repository(root: root)

    /// Its folder.
    let root: URL

    /// A text file; `path` is relative to the root.
    func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// Whether there is a file or folder.
    func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }

    /// The names of the folders in a folder, sorted; empty when it does not exist.
    func folders(in path: String) -> [String] {
        let folder = root.appending(path: path)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { name in
            !name.hasPrefix(".") && folder.appending(path: name).isFolder
        }.sorted()
    }

    /// The paths of all files below a folder, sorted, relative to the root. Hidden files, builds and
    /// generated certificates are no part of the repository.
    func files(under path: String = "", endingIn suffix: String = "") -> [String] {
        let folder = path.isEmpty ? root : root.appending(path: path)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().flatMap { name -> [String] in
            let inner = path.isEmpty ? name : "\(path)/\(name)"
            if name.hasPrefix("."), !Self.hiddenButOurs.contains(name) { return [] }
            if Self.generated.contains(inner) { return [] }
            guard folder.appending(path: name).isFolder else {
                return name.hasSuffix(suffix) ? [inner] : []
            }
            return files(under: inner, endingIn: suffix)
        }
    }

    private static let hiddenButOurs: Set<String> = [".ci", ".gitignore", ".swift-format"]
    private static let generated: Set<String> = ["certs/dev", "Package.resolved"]
}

extension URL {
    /// Whether there is a folder here; a link to one is none, so that nothing is read twice.
    fileprivate var isFolder: Bool {
        let values = try? resourceValues(forKeys: [.isDirectoryKey, .isSymbolicLinkKey])
        return values?.isDirectory == true && values?.isSymbolicLink != true
    }
}
