import Foundation
import Testing

@testable import RiskStandard

/// A change to the file of cn-2023, and the fault that must be named.
struct Mutation: Sendable, CustomTestStringConvertible {
    let place: String
    let json: String?
    let at: String
    let problem: StandardError.Problem

    init(
        _ place: String, _ json: String?, at: String? = nil, _ problem: StandardError.Problem
    ) {
        self.place = place
        self.json = json
        self.at = at ?? place
        self.problem = problem
    }

    var testDescription: String { "\(place) = \(json ?? "nothing"): \(problem)" }
}

@Suite("A standard's file")
struct StandardFileTests {
    static let headFaults: [Mutation] = [
        Mutation("id", nil, .missing),
        Mutation("id", "1", .wrongType),
        Mutation("id", #""cn-2023""#, .malformed),
        Mutation("title", #""""#, .empty),
        Mutation("titleZh", nil, .missing),
        Mutation("source", "null", .wrongType),
        Mutation("title", "\"\(String(repeating: "a", count: 1_001))\"", .tooMany(max: 1_000)),
        Mutation("inForce", #""1 July 2023""#, .malformed),
        Mutation("comment", #""x""#, at: "", .unknownMember("comment")),
        Mutation("classes", "[]", .empty),
        Mutation("classes.1.class", #""watch""#, at: "classes[1].class", .unknownClass("watch")),
        Mutation("classes.1.class", #""normal""#, at: "classes", .classesNotRising),
        Mutation("classes.0.class", #""special-mention""#, at: "classes", .classesNotRising),
        Mutation("classes.0.colour", "1", at: "classes[0]", .unknownMember("colour")),
        Mutation("facts", "[]", .empty),
        Mutation("facts.1", #""income""#, at: "facts", .unknownFact("income")),
        Mutation("facts.1", #""daysPastDue""#, at: "facts", .duplicate),
        Mutation(
            "facts", "[\(Array(repeating: #""liquidation""#, count: 28).joined(separator: ","))]",
            .tooMany(max: 27)),
        Mutation("format", nil, .missing),
        Mutation("format", "1", .unknownFormat),
        Mutation("settings", nil, .missing),
        Mutation("settings.firstDay", nil, at: "settings.firstDay", .missing),
        Mutation("settings.firstDay", #""monday""#, .malformed),
        Mutation("settings.overduePart", #""half""#, .malformed),
        Mutation("settings.allInstitutions", #""world""#, .malformed),
        Mutation("settings.technicalCause", #""claimed""#, .malformed),
        Mutation("settings.rounding", "1", at: "settings", .unknownMember("rounding")),
        Mutation(
            "observation.restartedBy", #"{"fact":"difficultyOver","is":true}"#, .notMonotonic),
        Mutation("observation.when", nil, .missing),
        Mutation("otherwise", nil, .missing),
        Mutation("otherwise.article", "-1", at: "otherwise", .malformed),
        Mutation("otherwise.item", "1", at: "otherwise", .unknownMember("item")),
        Mutation("otherwise.article", "12", at: "rules[6]", .duplicate),
    ]

    static let ruleFaults: [Mutation] = [
        Mutation("rules", "[]", .empty),
        Mutation("rules", "{}", .wrongType),
        Mutation("rules.1.item", "1", at: "rules[1]", .duplicate),
        Mutation("rules.1.item", "0", at: "rules[1]", .malformed),
        Mutation("rules.1.article", "65536", at: "rules[1]", .malformed),
        Mutation("rules.1.article", "1.5", at: "rules[1].article", .wrongType),
        Mutation("rules.1.class", #""bad""#, at: "rules[1].class", .unknownClass("bad")),
        Mutation("rules.1.class", #""normal""#, at: "rules[1].class", .classNotListed),
        Mutation("rules.1.when", nil, at: "rules[1].when", .missing),
        Mutation("rules.1.titleZh", nil, at: "rules[1].titleZh", .missing),
        Mutation("rules.1.item", "null", at: "rules[1].item", .wrongType),
        Mutation("rules.0.except", "null", at: "rules[0].except", .wrongType),
        Mutation("rules.0.excpt", "{}", at: "rules[0]", .unknownMember("excpt")),
    ]

    static let conditionFaults: [Mutation] = [
        condition(#"{"fact":"daysPastDue","exceeds":90}"#, .unknownMember("exceeds")),
        condition(#"{"fact":"daysPastDue"}"#, .notOneTest),
        condition(#"{"fact":"daysPastDue","over":90,"atLeast":91}"#, .notOneTest),
        condition(#"{"over":90}"#, .notOneTest),
        condition(#"{"all":[{"segment":"retail"}],"any":[{"segment":"retail"}]}"#, .notOneTest),
        condition(#"{"fact":"daysPastDue","segment":"retail"}"#, .operatorMismatch),
        condition("{}", .notOneTest),
        condition("[]", .wrongType),
        condition(#"{"fact":"income","over":90}"#, at: ".fact", .unknownFact("income")),
        condition(#"{"fact":"daysPastDue","is":true}"#, .operatorMismatch),
        condition(#"{"fact":"liquidation","atLeast":1}"#, .operatorMismatch),
        condition(#"{"fact":"liquidation","is":false}"#, at: ".is", .outOfRange),
        condition(#"{"fact":"daysPastDue","over":"90"}"#, at: ".over", .wrongType),
        condition(#"{"fact":"daysPastDue","over":90.5}"#, at: ".over", .wrongType),
        condition(#"{"fact":"daysPastDue","over":-1}"#, at: ".over", .outOfRange),
        condition(#"{"fact":"daysPastDue","over":36500}"#, at: ".over", .outOfRange),
        condition(#"{"fact":"daysPastDue","atLeast":0}"#, at: ".atLeast", .outOfRange),
        condition(#"{"fact":"daysPastDue","atMost":36500}"#, at: ".atMost", .outOfRange),
        condition(#"{"fact":"daysPastDue","atMost":7}"#, .notMonotonic),
        condition(#"{"fact":"technicalCause","is":true}"#, .notMonotonic),
        condition(#"{"fact":"paymentPeriodMonths","atLeast":3}"#, .notMonotonic),
        condition(#"{"fact":"restructuredOn","monthsAgo":3}"#, .operatorMismatch),
        condition(#"{"fact":"observationRestartedOn","monthsAgo":3}"#, .operatorMismatch),
        condition(#"{"fact":"arrearsClearedOn","withinMonths":3}"#, .operatorMismatch),
        condition(#"{"fact":"arrearsClearedOn","monthsAgo":3}"#, .notMonotonic),
        condition(
            #"{"fact":"observationRestartedOn","withinMonths":0}"#,
            at: ".withinMonths", .outOfRange),
        condition(#"{"fact":"observationRestartedOn","notWithinMonths":3}"#, .notMonotonic),
        condition(#"{"debtorShare":"non-performing","over":1000}"#, .notOneTest),
        condition(
            #"{"debtorShare":"non-performing","at":"home","over":1000}"#,
            at: ".at", .malformed),
        condition(
            #"{"debtorShare":"normal","at":"institution","over":1000}"#,
            at: ".debtorShare", .malformed),
        condition(
            #"{"debtorShare":"non-performing","at":"institution","over":10000}"#,
            at: ".over", .outOfRange),
        condition(
            #"{"debtorShare":"overdue","moreThanDays":-1,"at":"institution","over":0}"#,
            at: ".moreThanDays", .outOfRange),
        condition(#"{"debtorHas":"normal","at":"institution"}"#, at: ".debtorHas", .malformed),
        Mutation(
            "rules.0.except", #"{"debtorHas":"non-performing","at":"institution"}"#,
            at: "rules[0].except", .notMonotonic),
        condition(#"{"segment":"wholesale"}"#, at: ".segment", .malformed),
        condition(#"{"all":[]}"#, at: ".all", .empty),
        condition(#"{"any":[{"segment":"retail"},{}]}"#, at: ".any[1]", .notOneTest),
        condition(
            #"{"any":[{"segment":"retail"},{"all":[{"fact":"technicalCause","is":true}]}]}"#,
            at: ".any[1].all[0]", .notMonotonic),
        Mutation(
            "rules.0.except", #"{"fact":"daysPastDue","over":90}"#, at: "rules[0].except",
            .notMonotonic),
        Mutation(
            "rules.0.except", #"{"fact":"liquidation","is":true}"#, at: "rules[0].except",
            .notMonotonic),
    ]

    @Test("refuses what is wrong in the head and names the place", arguments: headFaults)
    func head(_ mutation: Mutation) throws { try refuses(mutation) }

    @Test("refuses what is wrong in the rules and names the place", arguments: ruleFaults)
    func rules(_ mutation: Mutation) throws { try refuses(mutation) }

    @Test("refuses what is wrong in a condition and names the place", arguments: conditionFaults)
    func conditions(_ mutation: Mutation) throws { try refuses(mutation) }

    @Test("refuses a rule for a class that the file does not list")
    func classNotListed() throws {
        var file = try StandardFile()
        try file.set("classes", #"[{"class":"normal","title":"N","titleZh":"N"}]"#)
        try expect(file, .invalid(at: "rules[0].class", .classNotListed))
    }

    @Test("refuses a rule on a fact that the file does not list")
    func factNotListed() throws {
        var file = try StandardFile()
        try file.set("facts", #"["daysPastDue"]"#)
        try expect(file, .invalid(at: "rules[0].except.all[0]", .factNotListed))
    }

    @Test("takes conditions nested to the limit and refuses one more")
    func depth() throws {
        var file = try StandardFile()
        try file.set("rules.1.when", nested(Standard.depthMax - 1))
        _ = try Standard(json: file.bytes())
        for levels in [Standard.depthMax, 200] {
            try file.set("rules.1.when", nested(levels))
            let place = "rules[1].when" + String(repeating: ".all[0]", count: Standard.depthMax)
            try expect(file, .invalid(at: place, .tooDeep(max: Standard.depthMax)))
        }
    }

    @Test("refuses more rules than the limit, and more steps")
    func counts() throws {
        let rule = #"""
            {"article":1,"class":"loss","title":"T","titleZh":"T","when":{"any":[TESTS]}}
            """#
        let test = #"{"segment":"retail"}"#
        func rules(_ count: Int, tests: Int) -> String {
            let tests = Array(repeating: test, count: tests).joined(separator: ",")
            let one = rule.replacing("TESTS", with: tests)
            return "[" + Array(repeating: one, count: count).joined(separator: ",") + "]"
        }
        var file = try StandardFile()
        try file.set("observation", to: nil)
        try file.set("rules", rules(Standard.rulesMax + 1, tests: 1))
        try expect(file, .invalid(at: "rules", .tooMany(max: Standard.rulesMax)))
        try file.set("rules", rules(1, tests: Standard.stepsMax - 1))
        _ = try Standard(json: file.bytes())
        try file.set("rules", rules(1, tests: Standard.stepsMax))
        try expect(file, .invalid(at: "rules[0]", .tooMany(max: Standard.stepsMax)))
        try file.set("rules", rules(1, tests: Standard.stepsMax + 1))
        try expect(file, .invalid(at: "rules[0].when.any", .tooMany(max: Standard.stepsMax)))
    }

    @Test("refuses what is not one JSON object in UTF-8 within the limit")
    func notJSON() throws {
        let whole = StandardLibrary.embeddedFiles[0]
        let utf16: [UInt8] = [0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00]
        let faults: [([UInt8], StandardError)] = [
            ([], .notJSON),
            (Array("null".utf8), .notJSON),
            (Array("[]".utf8), .notJSON),
            (Array(whole.dropLast(3)), .notJSON),
            (whole + Array("{}".utf8), .notJSON),
            (Array(whole.prefix(20)) + [0xFF] + Array(whole.dropFirst(20)), .notUTF8),
            (utf16, .notUTF8),
            (Array(repeating: 0x20, count: Standard.bytesMax + 1), .tooLong),
        ]
        for (json, fault) in faults {
            #expect(throws: fault) { try Standard(json: json) }
        }
    }

    @Test("a rule for one segment leaves the other alone")
    func segment() throws {
        var file = try StandardFile()
        try file.set(
            "rules.1.when",
            #"{"all":[{"fact":"fundsDiverted","is":true},{"segment":"non-retail"}]}"#)
        let standard = try Standard(json: file.bytes())
        let facts = LoanFacts.with { $0.fundsDiverted = .known(true) }
        #expect(try standard.classify(facts, segment: .retail).riskClass == .normal)
        #expect(try standard.classify(facts, segment: .nonRetail).riskClass == .specialMention)
    }

    @Test("a threshold is data: another number gives another class")
    func threshold() throws {
        var file = try StandardFile()
        try file.set("rules.3.when", #"{"fact":"daysPastDue","atLeast":90}"#)
        let standard = try Standard(json: file.bytes())
        #expect(try standard.classify(.overdue(89), segment: .retail).riskClass == .specialMention)
        #expect(try standard.classify(.overdue(90), segment: .retail).riskClass == .substandard)
    }

    @Test("refuses a fact that this version does not define, known or not")
    func factNotInStandard() throws {
        var file = try StandardFile()
        try file.set("observation", to: nil)
        try file.set("facts", #"["daysPastDue"]"#)
        try file.set(
            "rules",
            #"""
            [{"article":11,"item":1,"class":"substandard","title":"T","titleZh":"T",
              "when":{"fact":"daysPastDue","over":90}}]
            """#)
        let standard = try Standard(json: file.bytes())
        #expect(try standard.classify(.overdue(91), segment: .retail).riskClass == .substandard)
        for fact: Fact<Bool> in [.known(true), .known(false), .unknown] {
            let facts = LoanFacts.with { $0.liquidation = fact }
            #expect(throws: FactsError.notInStandard(.liquidation)) {
                try standard.classify(facts, segment: .retail)
            }
        }
    }

    private static func condition(
        _ json: String, at inner: String = "", _ problem: StandardError.Problem
    ) -> Mutation {
        Mutation("rules.1.when", json, at: "rules[1].when" + inner, problem)
    }

    private func nested(_ levels: Int) -> String {
        String(repeating: #"{"all":["#, count: levels) + #"{"segment":"retail"}"#
            + String(repeating: "]}", count: levels)
    }

    private func refuses(_ mutation: Mutation) throws {
        var file = try StandardFile()
        try file.set(mutation.place, to: mutation.json)
        try expect(file, .invalid(at: mutation.at, mutation.problem))
    }

    private func expect(_ file: StandardFile, _ error: StandardError) throws {
        let bytes = try file.bytes()
        #expect(throws: error) { try Standard(json: bytes) }
    }
}

extension StandardFile {
    fileprivate mutating func set(_ place: String, _ json: String) throws {
        try set(place, to: json)
    }
}
