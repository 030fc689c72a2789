import Exchange
import Foundation
import Membership
import NIOCore
import NIOPosix
import NodeAssembly
import Testing

/// Each thing that can be wrong with a node, made wrong for real: what the doctor says of it, and by which
/// status the command ends.
@Suite("Scenario: what a doctor finds")
struct DoctorFindingScenarios {
    /// What is done to the home of a stopped node.
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let code: String
        let status: Int32
        let make: @Sendable (ScenarioConsortium, NodeHome) async throws -> Void
    }

    private static let day = 86_400.0

    static let faults = [
        Fault(
            testDescription: "the certificate must be renewed", code: "certificate-ends", status: 1
        ) {
            try issue($0, $1, at: Date(timeIntervalSinceNow: -20 * day))
        },
        Fault(testDescription: "the certificate ended", code: "certificate-expired", status: 2) {
            try issue($0, $1, at: Date(timeIntervalSinceNow: -30 * day))
        },
        Fault(
            testDescription: "the certificate begins later", code: "certificate-expired", status: 2
        ) {
            try issue($0, $1, at: Date(timeIntervalSinceNow: 0.5 * day))
        },
        Fault(
            testDescription: "the certificate is for another host", code: "endpoint-name", status: 2
        ) {
            try issue($0, $1, at: Date(), host: "other.example")
        },
        Fault(testDescription: "others may read the key", code: "file-exposed", status: 2) {
            _, home in
            chmod(home.certificateKey.path, 0o640)
        },
        Fault(testDescription: "the directory does not list it", code: "not-listed", status: 2) {
            consortium, _ in
            try replaceDirectory(consortium) { $0.remove(node: "harbor-node") }
        },
        Fault(testDescription: "the directory suspends it", code: "suspended", status: 1) {
            consortium, _ in
            try replaceDirectory(consortium) { try $0.set(.suspended, ofNode: "harbor-node") }
        },
        Fault(testDescription: "the directory is damaged", code: "directory", status: 2) {
            consortium, _ in
            try Data("{".utf8).write(to: consortium.site.directoryFile)
        },
    ]

    @Test("of a stopped node, by its code and exit status", arguments: faults)
    func stopped(fault: Fault) async throws {
        try await ScenarioConsortium.offline(books: [:]) { consortium in
            let home = try consortium.home("harbor-node")
            let well = try await DoctorReport.of(home)
            #expect(well.status == 0, "\(well.text)")
            try await fault.make(consortium, home)
            let found = try await DoctorReport.of(home)
            #expect(found.view.codes.contains(fault.code), "\(found.text)")
            #expect(found.status == fault.status, "\(found.text)")
            #expect(found.view.findings.allSatisfy { !$0.next.isEmpty })
        }
    }

    @Test("a port that is taken, and an address that nobody answers at")
    func ports() async throws {
        try await ScenarioConsortium.offline(books: [:]) { consortium in
            let home = try consortium.home("harbor-node")
            let listener = try await ServerBootstrap(
                group: .singletonMultiThreadedEventLoopGroup
            ).bind(
                host: "127.0.0.1", port: try consortium.entry("harbor-node").endpoint.port
            ).get()
            let taken = try await DoctorReport.of(home)
            try await listener.close()
            #expect(taken.status == 2 && taken.view.codes == ["port-taken"], "\(taken.text)")

            // As after a crash: the address is there, and the node is not.
            try PrivateFile.write("http://127.0.0.1:1".utf8, to: home.localAddress)
            try PrivateFile.write(String(repeating: "A", count: 43).utf8, to: home.localToken)
            let silent = try await DoctorReport.of(home)
            #expect(silent.status == 2)
            #expect(Set(silent.view.codes) == ["port-closed", "no-answer"], "\(silent.text)")
        }
    }

    @Test(
        "a disk that is nearly full",
        .enabled(if: SmallDisk.isPossible, "a small disk needs the right to mount one (root)"))
    func disk() async throws {
        try await ScenarioConsortium.offline(books: [:]) { consortium in
            let home = try consortium.home("harbor-node")
            let place = consortium.site.folder.appending(path: "small")
            try NodeHome.createFolder(place)
            try await SmallDisk.with(at: place, kibibytes: 32 << 10) {
                let moved = NodeHome(place.appending(path: "harbor"))
                try FileManager.default.copyItem(at: home.folder, to: moved.folder)
                let found = try await DoctorReport.of(moved)
                #expect(found.status == 1 && found.view.codes == ["disk-low"], "\(found.text)")
            }
        }
    }

    @Test(
        "a clock that is not that of the others, by times that they signed, or by their refusals",
        arguments: [30, -90])
    func clock(others: Int) async throws {
        try await ScenarioConsortium.offline(books: [:]) { consortium in
            let (own, theirs) = (ScenarioClock(), ScenarioClock())
            theirs.advance(by: .seconds(others))
            let homes = try ["lakeside-node", "cedar-node"].map { try consortium.home($0) }
            let harbor = try consortium.home("harbor-node")
            try await ScenarioNode.run(homes, clock: theirs, log: consortium.log) { _ in
                try await ScenarioNode.run([harbor], clock: own, log: consortium.log) { nodes in
                    await nodes.first?.parts.peerFilters.refreshAll()
                    let found = try await DoctorReport.of(harbor)
                    #expect(found.status == 2)
                    #expect(found.view.codes.contains("clock"), "\(found.text)")
                    let chinese = try await Command.run([
                        "doctor", "--home", harbor.folder.path, "--lang", "zh",
                    ])
                    #expect(chinese.status == 2 && chinese.text.contains("时钟"))
                }
            }
        }
    }

    @Test("witnesses that are silent, and how the node stands in Chinese")
    func witnesses() async throws {
        let plan = try ScenarioPlan.make()
        var charter = plan.charter
        charter.witnessQuorum = 1
        let watched = ConsortiumPlan(
            consortium: plan.consortium, charter: charter, nodes: plan.nodes,
            witnesses: [try #require(NodeID("cedar-node"))])
        try await ScenarioConsortium.run(plan: watched, books: [:], absent: ["cedar-node"]) {
            consortium in
            let node = try consortium.node("harbor-node")
            _ = await node.parts.pusher.push(deadline: .now + .seconds(10))
            let found = try await DoctorReport.of(node.home)
            #expect(found.view.codes.contains("witnesses"), "\(found.text)")
            #expect(found.status == 1, "\(found.text)")
            let status = try await Command.run([
                "status", "--home", node.home.folder.path, "--lang", "zh",
            ])
            #expect(status.status == 0)
            for word in ["harbor-node", "成员目录", "证书", "日志", "告警", "对等节点"] {
                #expect(status.text.contains(word), "\(status.text)")
            }
        }
    }

    @Test("a directory that expires soon, and one that expired")
    func directoryExpiry() async throws {
        try await ScenarioRooms.use(ports: 1) { folder, ports in
            try await EnrolmentSite.run(in: folder) { site in
                let token = try await site.invite("guild-node", members: ["maple"], port: ports[0])
                _ = try await site.joining(token).run()
                let joined = try await DoctorReport.of(site.home())
                #expect(joined.status == 0, "\(joined.text)")
                for (hours, code, severity) in [
                    (13, HealthFinding.Code.directoryExpires, HealthFinding.Severity.warning),
                    (25, .directoryExpired, .error),
                ] {
                    let clock = ScenarioClock()
                    clock.advance(by: .seconds(hours * 3600))
                    let found = HomeDoctor(site.home(), clock: clock).examine(isRunning: false)
                    #expect(found.findings.map(\.code) == [code], "\(hours)")
                    #expect(found.findings.first?.severity == severity)
                }
            }
        }
    }

    private static func issue(
        _ consortium: ScenarioConsortium, _ home: NodeHome, at moment: Date,
        host: String = "127.0.0.1"
    ) throws {
        let issued = try consortium.site.authority.issueNodeCertificate(
            for: NodeIdentity(
                consortium: consortium.site.directory.consortium,
                node: try consortium.entry("harbor-node").id),
            hosts: [try #require(EndpointHost(host))], now: moment,
            life: .seconds(29 * Int(day)))
        try PrivateFile.write(issued.certificatePEM.utf8, to: home.certificate)
        try PrivateFile.write(issued.privateKeyPEM.utf8, to: home.certificateKey)
    }

    private static func replaceDirectory(
        _ consortium: ScenarioConsortium, _ change: (inout DirectoryDraft) throws -> Void
    ) throws {
        var draft = DirectoryDraft(consortium.site.directory, version: 2)
        try change(&draft)
        try consortium.site.publish(draft.directory())
    }
}
