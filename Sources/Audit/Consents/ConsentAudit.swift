import Exchange
import Foundation
import Membership
import StrictJSON
import TransparencyLog

/// Whose consents a regulator looks into.
public enum ConsentKind: String, Sendable, CaseIterable {
    /// Those that queries stated: the askers'.
    case ofQueries = "queries"
    /// Those of lenders' books, on which their answers rest.
    case ofBooks = "books"
}

/// What was drawn, from how many, and what was found on the way.
typealias DrawnConsents = (candidates: Int, consents: [DemandedConsent], findings: [AuditFinding])

/// Demands the evidence of consents, and makes its digest anew (protocol/opening.md,
/// "Evidence of consents").
public struct ConsentAudit: Sendable {
    private let folders: [MirrorFolder]

    /// An audit over copies of logs, verified before.
    public init(_ folders: [MirrorFolder]) { self.folders = folders }

    /// The consents that a selection chooses, and what is wrong with the evidence of their entries: of
    /// as many queries, and as many of those of which lenders told the log that their books have them.
    ///
    /// - Parameter kinds: whose consents.
    /// - Throws: `AuditFailure` when a folder is none, or more fit than are looked into at once.
    public func demand(
        _ selection: EntrySelection, of kinds: Set<ConsentKind> = Set(ConsentKind.allCases)
    ) throws(AuditFailure) -> (demand: ConsentDemand, findings: [AuditFinding]) {
        let asked =
            kinds.contains(.ofQueries)
            ? try demandOfQueries(selection) : (candidates: 0, consents: [], findings: [])
        let held =
            kinds.contains(.ofBooks)
            ? try BookConsentDraw(folders).draw(selection)
            : (candidates: 0, consents: [], findings: [])
        return (
            ConsentDemand(
                seed: selection.seedText, candidates: asked.candidates,
                bookCandidates: held.candidates, consents: asked.consents + held.consents),
            asked.findings + held.findings
        )
    }

    private func demandOfQueries(
        _ selection: EntrySelection
    ) throws(AuditFailure) -> DrawnConsents {
        var lot = DrawnLot<(copy: LogCopy, place: LoggedPlace)>(selection)
        for folder in folders {
            let copy = try LogCopy(folder)
            try copy.forEachEntry { place throws(AuditFailure) in
                guard place.entry.type == .queryAsked, let request = place.entry.request,
                    selection.fits(place.entry),
                    place.entry.retainUntil.map({ $0 > copy.state.at }) ?? false
                else { return }
                lot.add((copy, place), rank: selection.rank(of: request))
            }
        }
        let drawn = try lot.values().sorted {
            ($0.copy.state.node, $0.place.index) < ($1.copy.state.node, $1.place.index)
        }
        var consents: [DemandedConsent] = []
        var findings: [AuditFinding] = []
        for (copy, place) in drawn {
            guard let found = try Self.consents(of: place, in: copy) else {
                findings.append(
                    AuditFinding(.evidenceMissing, node: copy.state.node, index: place.index))
                continue
            }
            consents += found
        }
        return (lot.candidates, consents, findings)
    }

    /// Makes the digests of what was handed over anew.
    ///
    /// - Parameter folder: of each consent the 32 random bytes as `<reference>.salt`, and the file as
    ///   `<reference>` or `<reference>.<anything>`.
    /// - Returns: what is missing, or differs.
    public static func findings(
        _ consents: [DemandedConsent], handedOver folder: URL
    ) -> [AuditFinding] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        var files: [Substring: String] = [:]
        for name in names where !name.hasSuffix(saltSuffix) {
            files[name.prefix { $0 != "." }] = name
        }
        let digester = EvidenceDigester(folder: folder.path)
        return consents.compactMap { consent in
            let reference = consent.referenceText
            let salt = FileManager.default.contents(
                atPath: folder.appending(path: reference + saltSuffix).path)
            let digest = salt.flatMap { salt in
                files[reference[...]].flatMap { try? digester.digest($0, salt: Array(salt)) }
            }
            if digest == consent.evidenceDigest, salt?.count == EvidenceDigester.saltCount {
                return nil
            }
            return AuditFinding(
                digest == nil ? .consentFileMissing : .consentFileDiffers, node: consent.node,
                index: consent.index, item: consent.item,
                proof: MirrorFolder.evidenceName(consent.index))
        }
    }

    /// How the name of a salt's file ends.
    public static let saltSuffix = ".salt"

    /// The consents of a query as its evidence has them; nil when there is none, or it is not of this
    /// entry.
    private static func consents(
        of place: LoggedPlace, in copy: LogCopy
    ) throws(AuditFailure) -> [DemandedConsent]? {
        let name = MirrorFolder.evidenceName(place.index)
        guard let served = try copy.folder.read(name).flatMap(EntryCheck.evidence),
            served.entry == place.bytes, let member = place.entry.member,
            let body = served.evidence.request?.body,
            let json = try? JSONValue(
                parsing: body,
                limits: JSONLimits(documentBytesMax: ExchangeLimits.requestBytesMax)),
            let request = try? QueryRequest(json: json, admit: { _, _ in })
        else { return nil }
        return request.queries.enumerated().map { item, query in
            DemandedConsent(
                node: copy.state.node, index: place.index, item: item, member: member,
                at: place.entry.at, purpose: request.purpose, reference: query.consent.reference,
                evidenceDigest: query.consent.evidenceDigest)
        }
    }
}
