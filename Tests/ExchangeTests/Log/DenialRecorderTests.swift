import Crypto
import Foundation
import Membership
import Store
import Testing
import TransparencyLog

@testable import Exchange

@Suite("Which denials count at a node, in its log")
struct DenialRecorderTests {
    struct Fault: Error {}

    private let denials = DenialScene()
    private let scene: WitnessScene
    private let board: DenialBoard

    init() throws {
        scene = try WitnessScene()
        let directory = try denials.directory()
        scene.directory.replace(with: directory)
        board = try denials.board(directory)
    }

    private func recorder(
        atStep: @escaping @Sendable (NoteStep) throws -> Void = { _ in }
    ) throws -> DenialRecorder {
        let folder = scene.folder.appending(path: "recorded").path
        return DenialRecorder(
            context: scene.node.context, board: board,
            shelf: try NoteFolder(folder, atStep: atStep))
    }

    @discardableResult
    private func deny(_ regulator: String, _ version: Int, _ ids: [String]) throws -> Denial {
        try board.take(
            denials.note(of: regulator, version, ids), in: scene.directory.current)
        let consortium = try #require(ConsortiumID(TestDirectory.consortium))
        return try #require(Denial(consortium: consortium, version: version, ids: ids))
    }

    @Test("each is logged once, over restarts too: by whom, whom, and what was signed")
    func logged() async throws {
        try await recorder().record()
        #expect(try await scene.node.entries().isEmpty)
        let steps: [(String, Int, [String])] = [
            ("banking", 1, ["lakeside-node", "nobody-yet"]), ("insurance", 1, ["lakeside"]),
            ("banking", 2, []),
        ]
        for (place, (regulator, version, ids)) in steps.enumerated() {
            let denial = try deny(regulator, version, ids)
            for _ in 0..<2 {
                let recorder = try recorder()
                try await recorder.record()
                try await recorder.record()
            }
            let entries = try await scene.node.entries()
            #expect(entries.count == place + 1)
            let entry = try #require(entries.last)
            #expect(entry.type == .denialChanged && entry.member == nil)
            #expect(entry.peerMember?.text == regulator)
            #expect(entry.count == ids.count)
            #expect(entry.denial?.ids == ids && entry.denial?.version == version)
            #expect(entry.denial?.digest.bytes == Array(SHA256.hash(data: denial.text)))
        }
    }

    @Test("none is left out, whatever fails", arguments: NoteStep.allCases)
    func fails(step: NoteStep) async throws {
        try deny("banking", 1, ["lakeside-node"])
        let failing = try recorder { if $0 == step { throw Fault() } }
        await #expect(throws: (any Error).self) { try await failing.record() }
        #expect(try await scene.node.entries().count == 1)
        for _ in 0..<2 { try await recorder().record() }
        // What was not noted is logged once more.
        #expect(try await scene.node.entries().count == (step == .placed ? 1 : 2))
    }

    @Test("a denial is no other directory")
    func directory() async throws {
        let denying = DenyingDirectory(officers: scene.directory, board: board)
        let before = denying.issued
        try deny("banking", 1, ["lakeside-node"])
        #expect(denying.current != before)
        #expect(denying.issued == before)
    }

    @Test(
        "an entry has one spelling",
        arguments: [
            #"{"digest":"AA","version":1,"ids":[]}"#,
            #"{"digest":"@","version":0,"ids":[]}"#, #"{"digest":"@","version":1}"#,
            #"{"digest":"@","version":1,"ids":["No Id"]}"#,
            #"{"digest":"@","version":1,"ids":[],"more":1}"#, "7",
        ])
    func malformed(denial: String) throws {
        let digest = String(repeating: "A", count: 43)
        let text = { (denial: String) in
            Array(
                (#"{"v":1,"type":"denial-changed","at":"2026-11-28T08:00:00Z","node":"#
                    + #""harbor-node","peerMember":"banking","denial":"#
                    + denial.replacing("@", with: digest) + "}").utf8)
        }
        #expect(try LogEntry(bytes: text(#"{"digest":"@","version":1,"ids":[]}"#)).denial != nil)
        #expect(throws: LogEntryError.malformed) { try LogEntry(bytes: text(denial)) }
    }
}
