extension TrustedMetadata {
    /// A published file by its path, fetched and held against its description.
    ///
    /// - Parameters:
    ///   - path: as targets metadata writes it.
    ///   - source: where the files are.
    ///   - cached: a copy that may be the file; used without fetching when it is.
    /// - Throws: `notFound` when the targets role does not describe it or the source lacks it.
    public func target(
        _ path: String, from source: some RepositorySource, cached: [UInt8]? = nil
    ) async throws(UpdateError) -> [UInt8] {
        do {
            return try await fetchTarget(path, from: source, cached: cached)
        } catch {
            throw UpdateError(file: path, fault: error)
        }
    }

    /// The name under which a source holds a target: with its digest before the last part of the
    /// path, where the repository is consistent (TUF 1.0 §5.7.3). Nil for one that is not described.
    public func sourceName(ofTarget path: String) -> String? {
        guard let described = targets?.files[path] else { return nil }
        guard root.consistentSnapshot, let digest = described.namedDigest else { return path }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let folder = parts.dropLast().map { "\($0)/" }.joined()
        return "\(folder)\(digest).\(parts.last ?? "")"
    }

    private func fetchTarget(
        _ path: String, from source: some RepositorySource, cached: [UInt8]?
    ) async throws(UpdateFault) -> [UInt8] {
        guard let described = targets?.files[path], let name = sourceName(ofTarget: path) else {
            throw .notFound
        }
        if let cached, (try? described.check(cached)) != nil { return cached }
        let limit = MetadataLimits.targetFileBytesMax
        guard (described.length ?? 0) <= limit else { throw .tooLarge }
        guard let bytes = try await source.file(name, bytesMax: described.length ?? limit) else {
            throw .notFound
        }
        try described.check(bytes)
        return bytes
    }
}
