import Foundation
import Membership
import NodeAssembly
import Testing

/// `guild-node` hosts maple, birch and willow: no command about one of them tells of another.
@Suite("Scenario: the commands of a node with several members")
struct HostedCommandScenarios {
    /// Whose a command is.
    private enum Row: Sendable {
        /// A member's: with these arguments about one, and this input.
        case member(@Sendable (HostedDesk, String) -> [String], input: String = "")
        /// A member's, through the running node.
        case running
        /// It signs its requests as a member of the home.
        case signing([String])
        /// The operator's, about the home or the node as a whole.
        case nodeOperator
        /// Without a home: files, officers, an authority.
        case elsewhere
    }

    /// Every command. Those of members run in this order.
    private static let rows: KeyValuePairs<String, Row> = [
        "node rekey-key": .member { ["--member", $1, "--out", $0.file($1, "rekey")] },
        "book import": .member {
            [
                $0.file($1, "csv"), "--member", $1, "--as-of", "2026-10-31", "--rejects",
                $0.file($1, "rejects.csv"),
            ]
        },
        "book statements": .member { ["--member", $1] },
        "book parts": .member { ["--member", $1] },
        "book corrections": .member { ["--member", $1] },
        "book diff": .member { ["--member", $1, "--from", "2026-09-30", "--to", "2026-10-31"] },
        "book reference": .member({ ["--member", $1] }, input: "one and the same\n"),
        "book export": .member {
            [
                "--member", $1, "--out", $0.file($1, "export.csv"), "--private-key",
                $0.file($1, "rekey"),
            ]
        },
        "node signing-key": .member { ["--member", $1] },
        "node rotate": .member {
            ["signing", "--member", $1, "--out", $0.file($1, "statement")]
        },
        "query": .running, "exchanges": .running,
        "audit mirror": .signing(["lakeside-node", "copy"]),
        "denial send": .signing(["note"]),
        // It changes the node's key; its --member is where the operator begins.
        "node rekey": .nodeOperator,
        // Its --member is whom the search is about, over copies that a regulator made.
        "audit open": .nodeOperator,
        // Its --member is for whom a new home is made.
        "node init": .nodeOperator,
        "node run": .nodeOperator, "node certificate show": .nodeOperator,
        "node certificate install": .nodeOperator, "node certificate renew": .nodeOperator,
        "node certificate request": .nodeOperator,
        "node backup": .nodeOperator,
        "node restore": .nodeOperator, "node consents": .nodeOperator,
        "book publish": .nodeOperator, "book check": .nodeOperator,
        "directory fetch": .nodeOperator, "join": .nodeOperator, "denial show": .nodeOperator,
        "member leave": .nodeOperator, "member move export": .nodeOperator,
        "member move import": .nodeOperator, "status": .nodeOperator, "doctor": .nodeOperator,
        "demo": .elsewhere, "book map": .elsewhere, "book mappings": .elsewhere,
        "directory check": .elsewhere, "directory tuf-client": .elsewhere,
        "standard list": .elsewhere, "standard show": .elsewhere,
        "standard explain": .elsewhere, "standard check": .elsewhere,
        "audit verify": .elsewhere, "audit reconcile": .elsewhere,
        "audit consents": .elsewhere, "audit opening-key": .elsewhere,
        "audit answers": .elsewhere, "audit report": .elsewhere, "audit search": .elsewhere,
        "audit statement": .elsewhere,
        "authority key": .elsewhere, "authority init": .elsewhere,
        "authority propose": .elsewhere, "authority keys": .elsewhere,
        "authority suspend": .elsewhere, "authority reinstate": .elsewhere,
        "authority admit": .elsewhere,
        "authority withdraw": .elsewhere, "authority rotate": .elsewhere,
        "authority sign": .elsewhere, "authority publish": .elsewhere,
        "authority ca": .elsewhere, "authority invite": .elsewhere,
        "authority approve": .elsewhere, "authority run": .elsewhere,
        "authority certify": .elsewhere, "denial key": .elsewhere,
        "denial sign": .elsewhere,
    ]

    @Test("every command is in the table: whose it is, and that its options fit that")
    func table() async throws {
        let leaves = try await CommandTree.read().leaves
        try #require(leaves.count > 40)
        #expect(Set(leaves.map(\.name)) == Set(Self.rows.map(\.key)))
        let others: Set = ["node init", "node rekey", "audit open"]
        for leaf in leaves {
            guard let row = Self.rows.first(where: { $0.key == leaf.name })?.value else { continue }
            let hasHome = leaf.options.contains("home")
            let namesMember = leaf.options.contains("member") && !others.contains(leaf.name)
            switch row {
            case .member, .running, .signing: #expect(hasHome && namesMember, "\(leaf.name)")
            case .nodeOperator: #expect(hasHome && !namesMember, "\(leaf.name)")
            case .elsewhere: #expect(!hasHome, "\(leaf.name)")
            }
        }
    }

    @Test("a member's commands show and change its own, and nothing of its neighbours")
    func members() async throws {
        try await ScenarioConsortium.offline(books: [:]) { consortium in
            let desk = try await HostedDesk(consortium)
            for (command, row) in Self.rows {
                guard case .member(let arguments, let input) = row else { continue }
                for member in HostedDesk.members {
                    let isImport = command == "book import"
                    let before = isImport ? try await desk.books(except: member) : []
                    let output = try await desk.run(command, arguments(desk, member), input)
                    // 3: done, and what is lacking is said.
                    #expect([0, 3].contains(output.status), "\(command): \(output.errors)")
                    let said = try output.text + output.errors + desk.written(for: member)
                    for secret in desk.secrets(except: member) {
                        #expect(!said.contains(secret), "\(command) of \(member): \(secret)")
                    }
                    guard isImport else { continue }
                    #expect(try await desk.books(except: member) == before)
                }
                // A key of somebody who is not listed opens nothing: it may be made before.
                guard command != "node signing-key" else { continue }
                let stranger = try await desk.run(command, arguments(desk, "harbor"), input)
                let code = command == "node rotate" ? "directory" : "unknown-member"
                #expect(stranger.errorCode == code, "\(command): \(stranger.errors)")
            }
            // Another's private half opens nothing of a member's.
            let out = desk.file("crossed", "export.csv")
            let crossed = try await desk.run(
                "book export",
                ["--member", "birch", "--out", out, "--private-key", desk.file("maple", "rekey")])
            #expect(crossed.errorCode == "unknown-member", "\(crossed.errors)")
            #expect(!FileManager.default.fileExists(atPath: out))
        }
    }

    @Test("who signs, and who asks at the running node, is a member of it")
    func signing() async throws {
        try await ScenarioConsortium.run { consortium in
            let desk = HostedDesk(of: consortium)
            let subject = ScenarioSubject.small.input
            for (command, row) in Self.rows {
                switch row {
                case .signing(let arguments):
                    let output = try await desk.run(
                        command, arguments.map { desk.file("any", $0) } + ["--member", "harbor"])
                    #expect(output.status == 1 && output.errorCode != nil, "\(command)")
                case .running:
                    for member in HostedDesk.members + ["harbor"] {
                        let arguments =
                            command == "query"
                            ? try consortium.querying("--json", asking: "guild-node")
                            : [command, "--home", desk.home.path, "--json"]
                        let output = try await Command.run(
                            arguments + ["--member", member], input: subject)
                        #expect(
                            output.errorCode == (member == "harbor" ? "member-token" : nil),
                            "\(member): \(output.errors)")
                        guard command == "exchanges", member != "harbor" else { continue }
                        #expect(output.text.contains(#""member": "\#(member)""#))
                        let others = HostedDesk.members.filter { $0 != member }
                        #expect(!others.contains { output.text.contains($0) }, "\(member)")
                    }
                case .member, .nodeOperator, .elsewhere: continue
                }
            }
        }
    }
}
