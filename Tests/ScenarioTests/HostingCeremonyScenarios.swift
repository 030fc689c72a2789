import Authority
import Exchange
import Foundation
import Membership
import Testing

@testable import NodeAssembly

@Suite("Scenario: an association brings its lenders in")
struct HostingCeremonyScenarios {
    private static let count = 150

    /// The list as an association writes it: all begin on trial.
    private static var list: String {
        (1...count).reduce(into: MemberList.headerWithStatus + "\n") { text, number in
            text += "lender-\(number),lender,trial,\"Lender \(number), invented\"\n"
        }
    }

    @Test(
        "150 by one file and one approval: two of them ask each other, and one act ends the trial")
    func ceremony() async throws {
        try await ScenarioRooms.use(ports: 1) { folder, ports in
            try await EnrolmentSite.run(in: folder) { site in
                let members = try MemberList.members(csv: Array(Self.list.utf8), name: "list")
                let token = try await site.invite("guild-node", members, port: ports[0])
                let joined = try await site.joining(token).run()
                #expect(joined.members.count == Self.count)
                #expect(joined.members.allSatisfy { $0.status == .trial })
                let keys = try SigningKeys(home: site.home())
                #expect(keys.requests.count == Self.count)
                #expect(
                    Set(joined.members.flatMap(\.requestKeys).map(\.publicKey.bytes)).count
                        == Self.count)
                try await importBook(of: "lender-2", at: site)
                try await ask(at: site)
            }
        }
    }

    private func importBook(of member: String, at site: EnrolmentSite) async throws {
        let file = site.folder.appending(path: "book.csv")
        try Data(ScenarioLoan.csv([ScenarioLoan(subject: .behind, daysPastDue: 95)]).utf8)
            .write(to: file)
        let today = Date().formatted(.iso8601.year().month().day())
        for arguments in [
            ["import", file.path, "--member", member, "--as-of", today], ["publish"],
        ] {
            let output = try await Command.run(
                ["book"] + arguments + ["--home", site.home().folder.path])
            try #require(output.status == 0, "\(output.errors)")
        }
    }

    /// The node runs with all of them: one asks, the other has a record.
    private func ask(at site: EnrolmentSite) async throws {
        let home = site.home()
        try hurry(home)
        try await ScenarioNode.run([home], clock: ScenarioClock(), log: site.log) { nodes in
            let tokens = try FileManager.default.contentsOfDirectory(atPath: home.memberTokens.path)
            #expect(tokens.count == Self.count)
            let caller = try LocalCaller(home: home, as: "lender-1")
            let question = LocalQuestion(about: .behind).with("member", "\"lender-1\"")
            let answer = try await caller.report(question.json)
            try #require(answer.verdict == "200", "\(answer.text)")
            let report = try JSONDecoder().decode(ReportView.self, from: Data(answer.body))
            #expect(report.members.count == Self.count - 1)
            #expect(report.worst?.decidedBy == "cn-2023/11.1")
            #expect(
                report.members.filter { $0.outcome == "record" }.map(\.member) == ["lender-2"])

            let node = try #require(nodes.first)
            let directory = node.parts.offline.directory
            try await site.admit(directory.current.members.map(\.id))
            try await eventually("the node has read that the trial is over") {
                directory.current.members.allSatisfy { $0.status == .active }
            }
            #expect(try await caller.report(question.json).verdict == "200")
        }
    }

    /// Lets the node ask for the directory each second.
    private func hurry(_ home: NodeHome) throws {
        var configuration = try NodeConfiguration(home: home)
        configuration.gossipInterval = .seconds(1)
        configuration.localPort = 0
        try PrivateFile.write(configuration.yaml.utf8, to: home.configuration)
    }
}
