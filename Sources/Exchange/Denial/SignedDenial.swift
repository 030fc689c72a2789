import Membership
import TransparencyLog

/// A denial that a regulator signed: the note proves itself, whoever brings it.
struct SignedDenial: Sendable, Equatable {
    /// Whose it is.
    let regulator: MemberID
    /// The key of the directory under which it verified.
    let key: VerifierKey
    /// What it says.
    let denial: Denial
    /// The note as it came.
    let bytes: [UInt8]

    /// A note, once for each regulator of the directory that signed it.
    ///
    /// - Throws: `DenialError.invalid` for one that no regulator signed with the key that the
    ///   directory lists for it, or that is not of this consortium.
    static func verified(
        _ bytes: [UInt8], in directory: Directory
    ) throws(DenialError) -> [SignedDenial] {
        guard bytes.count <= Denial.bytesMax, let note = try? SignedNote(bytes: bytes),
            let denial = Denial(text: note.text), denial.consortium == directory.consortium
        else { throw .invalid }
        let found = directory.denialKeys.compactMap { regulator, key -> SignedDenial? in
            guard let noteKey = NoteKey(key.description),
                (try? note.verified(by: [noteKey])) != nil
            else { return nil }
            return SignedDenial(regulator: regulator, key: key, denial: denial, bytes: bytes)
        }
        guard !found.isEmpty else { throw .invalid }
        return found
    }
}

extension Directory {
    /// The regulators that can deny, with their keys, in the directory's order. A regulator's own
    /// status is not asked: only the officers take the power away, by dropping the key.
    var denialKeys: [(regulator: MemberID, key: VerifierKey)] {
        members.compactMap { member in member.denialKey.map { (member.id, $0) } }
    }
}

/// Why a denial is not taken.
public enum DenialError: Error, Equatable, Sendable {
    /// It is no note of a regulator of this consortium. Whoever gave it is at fault.
    case invalid
    /// The regulator signed another text under the same version; the first one holds.
    case conflict
    /// It holds, but did not reach the disk; giving it again tries again.
    case storage
}
