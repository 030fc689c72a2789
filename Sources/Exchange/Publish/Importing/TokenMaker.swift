import Pseudonym

/// Makes what only the keys can make: subjects' tokens, on all cores.
struct TokenMaker: Sendable {
    let consortium: String
    let keys: KeyRing

    /// The keys under which every subject has a token.
    var kids: [String] { keys.keys.map(\.kid.rawValue) }

    /// The keys of subjects, in their order; tokens only of those that are not known, and once
    /// where a subject comes several times.
    func keys(of subjects: [PreparedSubject], known: [Bool]) -> [SubjectKey] {
        var places: [SubjectIdentity: Int] = [:]
        var unknown: [PreparedSubject] = []
        for (subject, isKnown) in zip(subjects, known) where !isKnown {
            guard places[subject.identity] == nil else { continue }
            places[subject.identity] = unknown.count
            unknown.append(subject)
        }
        let made = Parallel.map(unknown, perTask: 16, key)
        return zip(subjects, known).map { subject, isKnown in
            guard !isKnown, let place = places[subject.identity] else {
                return SubjectKey(tokens: [], kind: subject.kind)
            }
            let key = made[place]
            return SubjectKey(tokens: key.tokens, kind: subject.kind, nameDigest: key.nameDigest)
        }
    }

    private func key(_ subject: PreparedSubject) -> SubjectKey {
        let input = SubjectInput(consortium: consortium, identifier: subject.identifier)
        return SubjectKey(
            tokens: keys.subjectTokens(for: input, name: subject.name), kind: subject.kind,
            nameDigest: subject.identity.nameDigest)
    }
}
