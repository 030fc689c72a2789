import Foundation
import Testing

@Suite("House plan")
struct HousePlanTests {
    private let plan = HousePlan.own
    private let repository = Repository.own

    @Test("holds in every file of every target", arguments: ["Sources", "Tests"])
    func everyImport(folder: String) throws {
        let targets = repository.folders(in: folder)
        try #require(targets.count > 5)
        for target in targets {
            for path in repository.files(under: "\(folder)/\(target)", endingIn: ".swift") {
                for fault in try plan.faults(in: repository.text(path), target: target) {
                    Issue.record("\(path): \(fault)")
                }
            }
        }
    }

    @Test("knows no target that does not exist")
    func noEmptyRoom() {
        let folders = Set(repository.folders(in: "Sources"))
        #expect(Set(plan.targets.keys).subtracting(folders) == [])
    }

    @Test("allows nothing that nobody uses")
    func noIdlePermission() throws {
        for (target, allowed) in plan.targets {
            let files = repository.files(under: "Sources/\(target)", endingIn: ".swift")
            let used = try files.flatMap { try ModuleImport.all(in: repository.text($0)) }
            #expect(allowed.subtracting(used.map(\.module)) == [], "\(target)")
        }
    }

    @Test("lets arrows point down only")
    func noCircles() {
        for target in plan.targets.keys {
            #expect(!plan.reach(of: target).contains(target), "\(target)")
        }
        #expect(plan.importers(of: "creditmesh") == [])
        let sides: Set = ["Store", "PeerHTTP", "Console"]
        for side in sides { #expect(plan.reach(of: side).isDisjoint(with: sides), "\(side)") }
        #expect(plan.reach(of: "Exchange").isDisjoint(with: sides.union(["NodeAssembly"])))
    }

    @Test(
        "gives each of these libraries few importers",
        arguments: [
            ("CSodium", ["Pseudonym"]), ("GRDB", ["Store"]), ("GRDBSQLite", ["Store"]),
            ("X509", ["Membership"]),
            ("NIOSSL", ["Bench", "PeerHTTP"]), ("Hummingbird", ["Console"]),
            ("ArgumentParser", ["Bench", "creditmesh"]),
            ("AsyncHTTPClient", ["PeerHTTP", "creditmesh"]),
        ])
    func fewImporters(module: String, importers: [String]) {
        #expect(plan.importers(of: module) == Set(importers))
    }

    @Test(
        "finds what breaks it",
        arguments: [
            ("import Store", "Exchange"), ("import GRDB", "Exchange"),
            ("import PeerHTTP", "Store"), ("import Console", "PeerHTTP"),
            ("import Exchange", "Membership"), ("import CSodium", "Membership"),
            ("import X509", "Exchange"), ("import creditmesh", "NodeAssembly"),
            ("  import\tStore", "Exchange"), ("import struct Store.SQLiteStore", "Exchange"),
            ("@preconcurrency import Store", "Exchange"), ("private import Store", "Exchange"),
            ("import Foundation; import Store", "Exchange"),
            ("/* why */ import Store // because", "Exchange"),
            ("@testable import Membership", "Exchange"),
            ("@_exported import Membership", "Exchange"), ("public import Membership", "Exchange"),
            ("import Testing", "Exchange"), ("import Exchange", "PseudonymTests"),
            ("import Foundation", "Helpers"), ("", "Helpers"), ("", "HelpersTests"),
        ])
    func bad(text: String, target: String) {
        #expect(plan.faults(in: text, target: target).count == 1)
    }

    @Test(
        "leaves alone what keeps it",
        arguments: [
            ("import Foundation\nimport Membership", "Exchange"),
            ("// import Store", "Exchange"),
            ("let text = \"\"\"\nimport Store\n\"\"\"", "Exchange"),
            ("let importance = 1\nfunc imports() {}", "Exchange"),
            ("import Testing\n@testable import Exchange\nimport TestSupport", "ExchangeTests"),
            ("import GRDB", "StoreTests"), ("import Foundation", "RepositoryTests"),
        ])
    func good(text: String, target: String) {
        #expect(plan.faults(in: text, target: target) == [])
    }
}
