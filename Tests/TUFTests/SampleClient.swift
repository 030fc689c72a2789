import Foundation
import TUF

/// A client with a folder of its own, which goes with it.
final class SampleClient {
    let folder: MetadataFolder
    private let place: URL

    /// Begins with a root.
    init(root: [UInt8]) throws {
        place = FileManager.default.temporaryDirectory.appending(path: "tuf-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        folder = MetadataFolder(place)
        try folder.write(root, as: .root)
    }

    deinit { try? FileManager.default.removeItem(at: place) }

    func update(
        from source: some RepositorySource, at moment: MetadataTime = SamplePublisher.start
    ) async throws(UpdateError) -> TrustedMetadata {
        var update = try Update(from: source, to: folder, startTime: moment)
        return try await update.run()
    }

    /// What is kept of every role.
    var kept: [MetadataRole: [UInt8]] {
        get throws {
            try MetadataRole.allCases.reduce(into: [:]) { $0[$1] = try folder.read($1) }
        }
    }
}
