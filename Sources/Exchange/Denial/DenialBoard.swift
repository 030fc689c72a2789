import Membership
import Synchronization

/// The newest denial of every regulator, kept over restarts (protocol/directory.md, "Denials").
///
/// Which of them count is judged by a directory each time: those that verify under the key that it
/// lists. A denial takes effect before it is written: a full disk must not hold it off.
public final class DenialBoard: Sendable {
    private let shelf: any NoteShelf
    private let state = Mutex(State())
    /// Held while a note is written, so that the newer of two is the last.
    private let writing = Mutex(())

    private struct State {
        var held: [MemberID: SignedDenial] = [:]
        /// Whose note was looked for on the shelf.
        var read: Set<MemberID> = []
        /// Whose note did not reach the disk.
        var unwritten: Set<MemberID> = []
        /// Counts the changes of what is held.
        var generation = 0
    }

    /// Reads what was kept of the regulators of a directory.
    ///
    /// - Throws: `StoreError` when the shelf cannot be read.
    public init(shelf: any NoteShelf, directory: Directory) throws(StoreError) {
        self.shelf = shelf
        for (regulator, key) in directory.denialKeys {
            try read(regulator, key: key, in: directory)
        }
    }

    /// Takes a note that somebody brought, if it is newer than what is held of its regulator.
    ///
    /// - Returns: whether it is.
    /// - Throws: `DenialError`; with `.storage` it holds all the same.
    @discardableResult
    public func take(_ bytes: [UInt8], in directory: Directory) throws(DenialError) -> Bool {
        let notes = try SignedDenial.verified(bytes, in: directory)
        return try writing.withLock { _ throws(DenialError) in
            var isNew = false
            for note in notes {
                try? read(note.regulator, key: note.key, in: directory)
                isNew = try take(note) || isNew
            }
            return isNew
        }
    }

    /// The notes that count under a directory, in its order of regulators.
    public func notes(in directory: Directory) -> [[UInt8]] {
        counting(in: directory).map(\.bytes)
    }

    /// Who is denied under a directory, and by whom.
    func denied(in directory: Directory) -> [String: [MemberID]] {
        counting(in: directory).reduce(into: [:]) { denied, note in
            for id in Set(note.denial.ids) { denied[id, default: []].append(note.regulator) }
        }
    }

    /// The notes that count, for people.
    public func standing(in directory: Directory) -> [(regulator: MemberID, denial: Denial)] {
        counting(in: directory).map { ($0.regulator, $0.denial) }
    }

    /// Changes whenever what is held does.
    var generation: Int { state.withLock(\.generation) }

    private func counting(in directory: Directory) -> [SignedDenial] {
        let keys = directory.denialKeys
        for (regulator, key) in keys { try? read(regulator, key: key, in: directory) }
        return state.withLock { state in
            keys.compactMap { regulator, key in
                state.held[regulator].flatMap { $0.key == key ? $0 : nil }
            }
        }
    }

    private func take(_ note: SignedDenial) throws(DenialError) -> Bool {
        let (isNew, mustWrite) = try state.withLock { state throws(DenialError) in
            if let held = state.held[note.regulator], held.key == note.key {
                guard note.denial.version > held.denial.version else {
                    let isSame =
                        note.denial.version < held.denial.version
                        || note.denial == held.denial
                    guard isSame else { throw .conflict }
                    return (false, state.unwritten.contains(note.regulator))
                }
            }
            state.held[note.regulator] = note
            state.generation += 1
            return (true, true)
        }
        if mustWrite { try write(note.regulator) }
        return isNew
    }

    private func write(_ regulator: MemberID) throws(DenialError) {
        guard let note = state.withLock({ $0.held[regulator] }) else { return }
        do {
            try shelf.put(note.bytes, as: regulator.text)
            _ = state.withLock { $0.unwritten.remove(regulator) }
        } catch {
            _ = state.withLock { $0.unwritten.insert(regulator) }
            throw .storage
        }
    }

    /// Looks once on the shelf for what was kept of a regulator. What does not verify any more, as
    /// after another key, counts as nothing.
    private func read(
        _ regulator: MemberID, key: VerifierKey, in directory: Directory
    ) throws(StoreError) {
        guard !state.withLock({ $0.read.contains(regulator) }) else { return }
        let bytes = try shelf.note(regulator.text)
        let kept = bytes.flatMap { try? SignedDenial.verified($0, in: directory) }?
            .first { $0.regulator == regulator }
        state.withLock { state in
            guard state.read.insert(regulator).inserted, let kept else { return }
            if let held = state.held[regulator], held.key == kept.key,
                held.denial.version >= kept.denial.version
            {
                return
            }
            state.held[regulator] = kept
            state.generation += 1
        }
    }
}
