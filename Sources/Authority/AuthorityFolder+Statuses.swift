import Membership
import TUF

extension AuthorityFolder {
    /// The most nodes and members whose status one draft changes.
    public static let statusesMax = 1_000
    /// Bytes of a reason.
    public static let reasonBytes = 1...256

    /// Drafts the targets for the published directory with the statuses of some nodes and members
    /// changed. Returns the draft's name.
    ///
    /// - Parameters:
    ///   - ids: of nodes and members, 1 to ``statusesMax``, none twice.
    ///   - reason: for the officers, plain text of ``reasonBytes``; it lies beside the draft, is not
    ///     signed and never published, since all the world reads what is.
    ///   - isTrial: whether members that are reinstated are on trial then.
    public func draft(
        _ change: StatusChange, of ids: [String], reason: String? = nil, isTrial: Bool = false,
        now: MetadataTime
    ) async throws(AuthorityError) -> String {
        guard (1...Self.statusesMax).contains(ids.count), Set(ids).count == ids.count else {
            throw .draft("name 1 to \(Self.statusesMax) nodes and members, each once")
        }
        guard let members = try await published().members else {
            throw .draft("there is no directory yet whose members could change")
        }
        let reason = try reason.map(Self.reason)
        let next = try Self.directory(members).applying(change, to: Set(ids), isTrial: isTrial)
        let name = try await draftTargets(next.encoded(), now: now)
        if let reason { try write(Array(reason.utf8), to: drafts, Self.reasonFile(name)) }
        return name
    }

    /// Why a draft was made, as whoever made it says; nil where nothing was said.
    func reason(for draft: String) -> String? {
        let bytes = try? drafts.read(
            Self.reasonFile(draft), bytesMax: Self.reasonBytes.upperBound)
        return bytes.flatMap { String(validating: $0, as: UTF8.self) }.flatMap {
            try? Self.reason($0)
        }
    }

    /// The name of the file with the reason of a draft: none that is published.
    static func reasonFile(_ draft: String) -> String { "\(draft).reason" }

    /// Plain text, so that it disguises nothing on the screen of whoever signs.
    private static func reason(_ text: String) throws(AuthorityError) -> String {
        let isPlain = text.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned:
                false
            default: true
            }
        }
        guard reasonBytes.contains(text.utf8.count), isPlain else {
            throw .draft("a reason is 1 to 256 bytes of plain text")
        }
        return text
    }
}
