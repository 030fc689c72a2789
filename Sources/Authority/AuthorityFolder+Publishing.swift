import TUF

/// What a publication did.
public struct Publication: Sendable, Equatable {
    /// The files that are new, in the order in which they were written.
    public let files: [String]
    /// When the timestamp expires: before that there must be another publication.
    public let expires: MetadataTime
}

extension AuthorityFolder {
    /// Publishes the drafts, if there are any, under a new snapshot and timestamp. What nodes would
    /// refuse is found out before anything is written: the rules that are tried are theirs.
    ///
    /// Written in the order in which a reader may need it, the timestamp last: whoever reads
    /// meanwhile, or after a crash, finds the old state or the new one. Run again, it goes on.
    public func publish(
        by online: MetadataSigner, now: MetadataTime
    ) async throws(AuthorityError) -> Publication {
        let lock = try await PublicationLock(in: place)
        defer { lock.release() }
        let drafted = try draftedFiles()
        if let alone = try await publishFirstRoot(drafted, now: now) { return alone }
        return try await publish(drafted, by: online, now: now)
    }

    /// Renews the timestamp, and the snapshot when it is time, beside drafts that officers have not
    /// signed yet and that stay as they are.
    public func renew(
        by online: MetadataSigner, now: MetadataTime
    ) async throws(AuthorityError) -> Publication {
        let lock = try await PublicationLock(in: place)
        defer { lock.release() }
        return try await publish([:], by: online, now: now)
    }

    private func publish(
        _ drafted: [String: [UInt8]], by online: MetadataSigner, now: MetadataTime
    ) async throws(AuthorityError) -> Publication {
        let published = try await published()
        var files = drafted
        let root = try nextRoot(drafted) ?? published.trusted?.root
        guard let root else { throw Self.nothing }
        let expires = now.advanced(by: AuthorityLives.timestamp)
        try addOnline(
            &files, after: published.trusted, by: online, under: root, now: now, expires: expires)
        try await check(files, now: now)
        let order = Self.order(files.keys)
        for name in order {
            guard let bytes = files[name] else { continue }
            try write(bytes, to: repository, name)
        }
        for name in drafted.keys {
            try? drafts.remove(name)
            try? drafts.remove(Self.reasonFile(name))
        }
        return Publication(files: order, expires: expires)
    }

    /// Publishes the first root while there is no directory yet: invitations name its digest, and the
    /// first directory lists those who came by them. Nil where there is more to publish, or less.
    private func publishFirstRoot(
        _ drafted: [String: [UInt8]], now: MetadataTime
    ) async throws(AuthorityError) -> Publication? {
        let name = "1.root.json"
        guard drafted.count == 1, let bytes = drafted[name],
            try await published().trusted == nil
        else { return nil }
        let root: TrustedMetadata
        do {
            root = try TrustedMetadata(root: bytes, startTime: now, accepting: .directory)
        } catch {
            throw .refused(UpdateError(file: name, fault: error))
        }
        try write(bytes, to: repository, name)
        try? drafts.remove(name)
        return Publication(files: [name], expires: root.root.head.expires)
    }

    /// The drafts and the `members.json` that they describe, under the names of the repository. One that
    /// only a replaced draft described, nobody has signed.
    private func draftedFiles() throws(AuthorityError) -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        let described = try describedMembers()
        for name in drafts.names() where name.hasSuffix(".json") {
            guard !name.hasSuffix(Self.target) || name == described else { continue }
            files[name] = try read(drafts, name, MetadataLimits.targetFileBytesMax)
        }
        return files
    }

    private func describedMembers() throws(AuthorityError) -> String? {
        guard let name = drafts.names().first(where: { $0.hasSuffix(".targets.json") }) else {
            return nil
        }
        let targets = try? TargetsMetadata(try draft(name).signed)
        return targets?.files[Self.target].map(Self.memberFile)
    }

    private func nextRoot(_ files: [String: [UInt8]]) throws(AuthorityError) -> RootMetadata? {
        guard let name = files.keys.first(where: { $0.hasSuffix(".root.json") }) else { return nil }
        return try? RootMetadata(try draft(name).signed)
    }

    private func addOnline(
        _ files: inout [String: [UInt8]], after trusted: TrustedMetadata?,
        by signer: MetadataSigner, under root: RootMetadata, now: MetadataTime,
        expires: MetadataTime
    ) throws(AuthorityError) {
        guard root.roles[.timestamp]?.keyIDs.contains(signer.keyID) == true else {
            throw .draft("the key is none of the online keys")
        }
        guard let targets = try newestTargets(files, trusted) else {
            throw .draft(
                "there is no directory yet; draft one with: creditmesh authority propose")
        }
        let snapshot = SnapshotMetadata(
            version: (trusted?.snapshot?.head.version ?? 0) + 1,
            expires: now.advanced(by: AuthorityLives.snapshot), targets: targets)
        let name = "\(snapshot.head.version).snapshot.json"
        let isNeeded =
            trusted?.snapshot.map {
                $0.targets != targets
                    || $0.head.expires
                        < snapshot.head.expires.advanced(
                            by: .zero - AuthorityLives.snapshot / 2)
            } ?? true
        let isRootNew = files.keys.contains { $0.hasSuffix(".root.json") }
        do {
            if isNeeded || isRootNew {
                files[name] = try SignedMetadata(signing: snapshot.json, by: [signer]).bytes
            }
            let described =
                files[name].map {
                    MetadataDescription(
                        version: snapshot.head.version, file: FileDescription(of: $0))
                } ?? trusted?.timestamp?.snapshot
            guard let described else { throw Self.nothing }
            let timestamp = TimestampMetadata(
                version: (trusted?.timestamp?.head.version ?? 0) + 1, expires: expires,
                snapshot: described)
            files[MetadataRole.timestamp.fileName] =
                try SignedMetadata(signing: timestamp.json, by: [signer]).bytes
        } catch {
            throw .draft("the online key cannot sign")
        }
    }

    private func newestTargets(
        _ files: [String: [UInt8]], _ trusted: TrustedMetadata?
    ) throws(AuthorityError) -> MetadataDescription? {
        guard let name = files.keys.first(where: { $0.hasSuffix(".targets.json") }),
            let bytes = files[name]
        else { return trusted?.snapshot?.targets }
        guard let targets = try? TargetsMetadata(try draft(name).signed) else {
            throw .draft("\(name) is no draft of targets")
        }
        return MetadataDescription(
            version: targets.head.version, file: FileDescription(of: bytes))
    }

    /// Lets a node's rules judge the repository as it would be, from what is published now.
    private func check(
        _ files: [String: [UInt8]], now: MetadataTime
    ) async throws(AuthorityError) {
        let staged = StagedRepository(base: repository, files: files)
        let store = MemoryStore()
        do {
            guard
                let first = try await staged.file(
                    "1.root.json", bytesMax: MetadataLimits.rootBytesMax)
            else { throw Self.nothing }
            try store.write(first, as: .root)
            var update = try Update(from: staged, to: store, startTime: now)
            let trusted = try await update.run()
            let members = try await trusted.target(Self.target, from: staged)
            _ = try Self.directory(members)
        } catch let error as UpdateError {
            throw .refused(error)
        } catch let error as AuthorityError {
            throw error
        } catch {
            throw .draft("the drafts cannot be read")
        }
    }

    /// What others describe first, the root next to last, since it may end the old online keys, and
    /// the timestamp last.
    private static func order(_ names: some Collection<String>) -> [String] {
        let rank = { (name: String) -> Int in
            if name == MetadataRole.timestamp.fileName { return 4 }
            if name.hasSuffix(".root.json") { return 3 }
            if name.hasSuffix(".snapshot.json") { return 2 }
            return name.hasSuffix(".targets.json") ? 1 : 0
        }
        return names.sorted { (rank($0), $0) < (rank($1), $1) }
    }
}
