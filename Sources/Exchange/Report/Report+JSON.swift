import Membership
import StrictJSON

extension Report {
    /// The report as JSON (protocol/schemas/report.json). Lenders and their nodes are masked here too
    /// when the charter says so.
    public var json: JSONValue {
        [
            "complete": .bool(isComplete),
            "at": .string(at.description),
            "consortium": .string(terms.consortium.description),
            "directoryVersion": .integer(terms.directoryVersion),
            "standard": .string(terms.standard),
            "scope": .string(terms.scope.rawValue),
            "masking": .string(terms.masking.rawValue),
            "asker": .string(asker.description),
            "purpose": .string(purpose.rawValue),
            "countedInquiry": .bool(countedInquiry),
            "worst": verdict(withDisputed: true).map(json) ?? .null,
            "worstWithoutDisputed": verdict(withDisputed: false).map(json) ?? .null,
            "lendersWithOpenAccount": .integer(lendersWithOpenAccount),
            "balance": .array(exposures(\.balance).map(Self.json)),
            "overdue": .array(exposures(\.overdue).map(Self.json)),
            "inquiries": inquiries.json,
            "members": .array(members.map(json)),
            "nodes": .array(nodes.map(json)),
            "records": .array(records.map(json)),
            "own": own.map(Self.json(own:)) ?? .null,
            "ownStandings": .array(standings.map(Self.json)),
            "repaymentAbility": repaymentAbility.json,
        ]
    }

    /// What a lender is called where lenders are masked: its place in the report.
    func maskedName(of member: MemberID) -> String {
        let place = members.firstIndex { $0.member == member }.map { $0 + 1 } ?? 0
        return "lender-\(place)"
    }

    /// What a node is called where lenders are masked: its place in the report.
    func maskedName(of node: NodeID) -> String {
        let place = nodes.firstIndex { $0.node == node }.map { $0 + 1 } ?? 0
        return "node-\(place)"
    }

    private func name(_ node: NodeID) -> JSONValue {
        .string(terms.masking == .masked ? maskedName(of: node) : node.description)
    }

    private func name(_ member: MemberID) -> JSONValue {
        let isMasked = terms.masking == .masked && member != asker
        return .string(isMasked ? maskedName(of: member) : member.description)
    }

    private func json(_ verdict: Verdict) -> JSONValue {
        [
            "class": .string(verdict.riskClass.rawValue),
            "decidedBy": .string(verdict.decidedBy.description),
            "member": name(verdict.member),
            "atLeast": .bool(verdict.isAtLeast || !isComplete),
        ]
    }

    private func json(_ line: MemberLine) -> JSONValue {
        let isMasked = terms.masking == .masked
        var bookAsOf: String?
        if case .stale(let asOf) = line.outcome { bookAsOf = asOf?.description }
        return [
            "member": name(line.member),
            "legalName": .text(isMasked ? nil : line.legalName),
            "node": name(line.node),
            "outcome": .string(line.outcome.word),
            "code": .text(line.outcome.code),
            "detail": .text(line.outcome.detail),
            "bookAsOf": .text(bookAsOf),
            "unwitnessed": .bool(line.isUnwitnessed),
        ]
    }

    private func json(_ record: ReceivedRecord) -> JSONValue {
        guard case .object(var members) = record.summary.json else { return .null }
        members = members.map {
            $0.name == "member" ? JSONMember("member", name(record.summary.member)) : $0
        }
        members.append(JSONMember("stale", .bool(record.isStale)))
        members.append(JSONMember("findings", .array(record.findings.map(Self.json))))
        return .object(members)
    }

    /// The asker's own record rests on no consent to be shown to itself.
    private static func json(own record: Summary) -> JSONValue {
        guard case .object(let members) = record.json else { return .null }
        return .object(members.filter { !$0.hasName("consent") })
    }

    private func json(_ node: NodeLine) -> JSONValue {
        [
            "node": name(node.node), "own": .bool(node.isOwn),
            "outcome": .string(node.word),
        ]
    }

    static func json(_ exposure: Exposure) -> JSONValue {
        [
            "currency": .string(exposure.currency),
            "atLeast": .integer(Int(exposure.atLeast)),
            "below": exposure.below.map { .integer(Int($0)) } ?? .null,
        ]
    }

    private static func json(_ standing: OwnStanding) -> JSONValue {
        [
            "account": .integer(standing.account),
            "held": .string(standing.held.rawValue),
            "mustFall": .bool(standing.mustFall),
            "derivation": standing.derivation.json,
        ]
    }

    private static func json(_ finding: ClassFinding) -> JSONValue {
        [
            "account": .integer(finding.account),
            "published": .string(finding.published.rawValue),
            "publishedRule": .string(finding.publishedRule.description),
            "recomputed": .text(finding.recomputed?.riskClass.rawValue),
            "recomputedRule": .text(finding.recomputed?.decidedBy.description),
            "tooGood": .bool(finding.isTooGood),
            "derivation": finding.derivation?.json ?? .null,
        ]
    }
}
