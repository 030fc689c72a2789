import Dispatch
import Membership
import Pseudonym
import Synchronization

/// Makes the tokens of a node's coming key for the subjects of its members, from what is sealed
/// (protocol/rekey.md, "Changing the pseudonym key").
///
/// It goes through the store page by page; a page that was written stays, so that it can be ended at
/// any point and begun again. Identifiers and names are in memory for the length of a page.
public struct Rekeyer: Sendable {
    /// Subjects that are in memory at one time.
    public static let pageSize = 4096

    private let context: NodeContext
    private let key: PseudonymKey
    private let pageSize: Int

    /// Makes tokens under `key`.
    public init(context: NodeContext, key: PseudonymKey) {
        self.init(context: context, key: key, pageSize: Self.pageSize)
    }

    init(context: NodeContext, key: PseudonymKey, pageSize: Int) {
        self.context = context
        self.key = key
        self.pageSize = pageSize
    }

    /// Makes what is missing of a member's tokens.
    ///
    /// - Parameters:
    ///   - privateHalves: of the member's rekey keys; without any, nothing is made, only counted.
    ///   - progress: takes the count so far, once a page.
    public func rekey(
        _ member: MemberID, privateHalves: [RekeyPrivateKey],
        progress: (RekeyCount) -> Void = { _ in }
    ) async throws -> RekeyCount {
        var sealed = SealedIdentities(privateHalves)
        var count = RekeyCount()
        var last: Int64 = 0
        while true {
            let page = try await context.store.sealedSubjects(
                of: member, after: last, limit: pageSize)
            guard let end = page.last else { return count }
            last = end.id
            var known: [(id: Int64, subject: SealableSubject)] = []
            for subject in page {
                if let opened = Self.open(subject, kid: key.kid, with: &sealed, counting: &count) {
                    known.append((subject.id, opened))
                }
            }
            if !known.isEmpty { try await context.store.addTokens(tokens(of: known)) }
            count.made += known.count
            progress(count)
        }
    }

    /// A subject that needs a token and can be opened.
    private static func open(
        _ subject: SealedSubject, kid: KeyID, with sealed: inout SealedIdentities,
        counting count: inout RekeyCount
    ) -> SealableSubject? {
        count.subjects += 1
        if subject.kids.contains(kid.rawValue) {
            count.had += 1
            return nil
        }
        guard let bytes = subject.sealed, let reference = subject.reference else {
            count.unsealed += 1
            count.lacking += subject.isHeld ? 1 : 0
            return nil
        }
        guard let opened = sealed.subject(bytes, of: reference) else {
            count.unopened += 1
            count.lacking += subject.isHeld ? 1 : 0
            return nil
        }
        return opened
    }

    /// Tokens on all cores: one multiplication each.
    private func tokens(
        of subjects: [(id: Int64, subject: SealableSubject)]
    ) -> [RekeyedSubject] {
        let consortium = context.directory.current.consortium.description
        let made = Mutex<[RekeyedSubject?]>(Array(repeating: nil, count: subjects.count))
        let stride = 64
        DispatchQueue.concurrentPerform(
            iterations: (subjects.count + stride - 1) / stride
        ) { chunk in
            let range = chunk * stride..<min((chunk + 1) * stride, subjects.count)
            let part = range.map { index in
                let (id, subject) = subjects[index]
                return RekeyedSubject(id: id, tokens: tokens(of: subject, consortium: consortium))
            }
            made.withLock { $0.replaceSubrange(range, with: part) }
        }
        return made.withLock { $0.compactMap(\.self) }
    }

    private func tokens(of subject: SealableSubject, consortium: String) -> [SubjectToken] {
        let output = key.secret.output(
            for: SubjectInput(consortium: consortium, identifier: subject.identifier))
        let checks = subject.names.compactMap(SubjectName.init).map(output.nameCheck)
        let kid = key.kid.rawValue
        guard !checks.isEmpty else {
            return [SubjectToken(kid: kid, token: output.token, nameCheck: nil)]
        }
        return checks.map { SubjectToken(kid: kid, token: output.token, nameCheck: $0) }
    }
}
