import TUF

/// A repository as it would be with some files more.
struct StagedRepository: RepositorySource {
    let base: MetadataFolder
    let files: [String: [UInt8]]

    func file(_ name: String, bytesMax: Int) async throws(UpdateFault) -> [UInt8]? {
        guard let bytes = files[name] else { return try base.read(name, bytesMax: bytesMax) }
        guard bytes.count <= bytesMax else { throw .tooLarge }
        return bytes
    }
}
