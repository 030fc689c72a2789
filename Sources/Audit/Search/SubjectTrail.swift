import Exchange
import Membership
import Pseudonym
import StrictJSON
import TransparencyLog

/// Follows one subject through copied logs (protocol/log.md, "Searching").
///
/// A regulator cannot compute what a node calls a subject: only the node's key can. But a box that it
/// opens has the factor under which a member hid the subject, and the node's answer to that asking gives
/// the token by it. One opened asking so tells the token at that node under that key, by which every
/// query about the subject there is found, whoever made it.
struct SubjectTrail {
    /// What a node calls the subject under one of its keys.
    private struct Name: Hashable {
        let node: NodeID
        let kid: String
        let token: [UInt8]
    }

    /// An asking that was opened and not answered yet.
    private struct Opened {
        let place: Int
        let blinding: OpenedBlinding
        let name: (node: NodeID, kid: String)
    }

    private let subject: SoughtSubject
    private var consortium: String?
    private var opened: [MerkleHash: Opened] = [:]
    private var names: Set<Name> = []
    private var consents: Set<[UInt8]> = []
    /// The requests that are about the subject.
    private(set) var requests: Set<MerkleHash> = []
    /// Boxes that were there, and those that no key opened.
    private(set) var boxCount = 0
    private(set) var unopened = 0

    init(of subject: SoughtSubject) { self.subject = subject }

    /// How many names of the subject are known: one a node and key.
    var nameCount: Int { Set(names.map { [$0.node.text, $0.kid] }).count }

    /// Opens what a member asked, and takes the token from the answer.
    mutating func openAskings(of log: LogCopy) throws(AuditFailure) {
        consortium = try log.folder.directories().last?.consortium.description
        var entries = MirroredEntries(of: log.folder, size: log.head.size)
        while let bundle = try entries.next() {
            for (index, bytes) in zip(bundle.places, bundle.entries) {
                guard let entry = try? LogEntry(bytes: bytes), let request = entry.request,
                    entry.isEvaluation, entry.isOfAsker, entry.node == log.node
                else { continue }
                if entry.isAsked {
                    try open(entry, request, at: index, in: log.folder)
                } else if let known = opened.removeValue(forKey: request), entry.isAnswered {
                    try learn(known, at: index, in: log.folder)
                }
            }
        }
    }

    /// Finds queries about the subject by what nodes call it, or by the consents of askings that were
    /// opened.
    mutating func findQueries(in log: LogCopy) throws(AuditFailure) {
        guard !names.isEmpty || !consents.isEmpty else { return }
        var entries = MirroredEntries(of: log.folder, size: log.head.size)
        while let bundle = try entries.next() {
            for (index, bytes) in zip(bundle.places, bundle.entries) {
                guard let entry = try? LogEntry(bytes: bytes), let request = entry.request,
                    entry.type == .queryAsked || entry.type == .queryAnswered && !entry.isOfAsker,
                    !requests.contains(request), let parties = ExchangeParties(of: entry),
                    let kid = entry.kid?.rawValue,
                    let message = try log.folder.evidence(of: index)?.request
                else { continue }
                let isFound = (RequestItems(of: message.body)?.values ?? []).contains { item in
                    let name = Name(
                        node: parties.answerer, kid: kid, token: Array(item.prefix(Token.count)))
                    return names.contains(name)
                        || consents.contains(Array(item.dropFirst(Token.count)))
                }
                if isFound { requests.insert(request) }
            }
        }
    }

    private mutating func open(
        _ entry: LogEntry, _ request: MerkleHash, at index: Int, in folder: MirrorFolder
    ) throws(AuditFailure) {
        let boxes = try folder.boxes(of: index)
        guard let evidence = try folder.evidence(of: index) else { return }
        let elements = evidence.request.flatMap { RequestItems(of: $0.body) }?.values ?? []
        for (place, box) in boxes.enumerated() {
            boxCount += 1
            guard let content = content(of: box, from: entry.at) else {
                unopened += 1
                continue
            }
            guard content.scheme == subject.identifier.scheme.rawValue,
                content.identifier == subject.identifier.normalForm,
                place < elements.count, let consortium,
                let blinding = OpenedBlinding(
                    consortium: consortium, scheme: content.scheme,
                    normalForm: content.identifier, blind: content.blind),
                // A box that names somebody else than its element is a finding of `audit open`.
                blinding.element.bytes == elements[place]
            else { continue }
            requests.insert(request)
            consents.insert(content.consent)
            guard let kid = entry.kid?.rawValue, let node = entry.peer else { continue }
            opened[request] = Opened(place: place, blinding: blinding, name: (node, kid))
        }
    }

    /// What was in a box. The key of its month is tried first.
    private func content(of box: [UInt8], from time: Timestamp) -> BoxContent? {
        let keys = subject.keys.sorted {
            let (left, right) = ($0.key.hasPrefix(time.month), $1.key.hasPrefix(time.month))
            return left == right ? $0.key < $1.key : left
        }
        for (_, key) in keys {
            if let bytes = key.open(box) { return BoxContent(bytes: bytes) }
        }
        return nil
    }

    /// What the node calls the subject, by its answer.
    private mutating func learn(
        _ opened: Opened, at index: Int, in folder: MirrorFolder
    ) throws(AuditFailure) {
        let limits = JSONLimits(documentBytesMax: ExchangeLimits.answerBytesMax)
        guard let answer = try folder.evidence(of: index)?.answer, answer.status == 200,
            let json = try? JSONValue(parsing: answer.body, limits: limits),
            let message = try? EvaluationAnswer(json: json),
            opened.place < message.elements.count
        else { return }
        let token = opened.blinding.token(evaluated: message.elements[opened.place])
        names.insert(
            Name(node: opened.name.node, kid: opened.name.kid, token: token.bytes))
    }
}
