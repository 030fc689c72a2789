import Crypto
import Exchange
import Foundation
import Membership
import Store
import Synchronization
import TestSupport
import Testing
import TransparencyLog

@Suite("Denials of regulators")
struct DenialBoardTests {
    @Test("the newest note of each regulator counts, and they are united")
    func newest() throws {
        let scene = DenialScene()
        let directory = try scene.directory()
        let board = try scene.board(directory)
        #expect(board.notes(in: directory) == [])
        let first = try scene.note(of: "banking", 3, ["harbor-node", "reed"])
        #expect(try board.take(first, in: directory))
        #expect(try !board.take(first, in: directory))
        #expect(try !board.take(scene.note(of: "banking", 2, ["lakeside"]), in: directory))
        #expect(try board.take(scene.note(of: "insurance", 1, ["lakeside"]), in: directory))
        #expect(board.names(directory) == ["harbor-node", "lakeside", "reed"])
        #expect(try board.take(scene.note(of: "banking", 4, ["reed"]), in: directory))
        #expect(board.names(directory) == ["lakeside", "reed"])
        #expect(try board.take(scene.note(of: "insurance", 7, []), in: directory))
        #expect(board.names(directory) == ["reed"])
        #expect(try scene.board(directory).names(directory) == ["reed"])
    }

    @Test("another text under the version that is held is refused, and the first one stays")
    func conflict() throws {
        let scene = DenialScene()
        let directory = try scene.directory()
        let board = try scene.board(directory)
        try board.take(scene.note(of: "banking", 1, ["reed"]), in: directory)
        #expect(throws: DenialError.conflict) {
            try board.take(scene.note(of: "banking", 1, ["lakeside"]), in: directory)
        }
        #expect(board.names(directory) == ["reed"])
    }

    @Test("only the key that the directory lists makes a note count, now and later")
    func keys() throws {
        let scene = DenialScene()
        let directory = try scene.directory()
        let board = try scene.board(directory)
        let next = Curve25519.Signing.PrivateKey()
        let nextNote = try scene.note(of: "banking", 1, ["lakeside"], key: next)
        #expect(throws: DenialError.invalid) { try board.take(nextNote, in: directory) }
        try board.take(scene.note(of: "banking", 9, ["reed"]), in: directory)

        let dropped = try scene.directory(listing: ["banking": nil])
        #expect(board.names(dropped) == [])
        let changed = try scene.directory(listing: ["banking": next])
        #expect(board.names(changed) == [])
        // Under another key versions may begin anew.
        #expect(try board.take(nextNote, in: changed))
        #expect(board.names(changed) == ["lakeside"])
        #expect(try scene.board(changed).names(changed) == ["lakeside"])
    }

    @Test("what is no note of a regulator of this consortium is refused")
    func refused() throws {
        let scene = DenialScene()
        let directory = try scene.directory()
        let board = try scene.board(directory)
        let good = try scene.note(of: "banking", 1, ["reed"])
        let mark = "creditmesh-deny-v1\n\(TestDirectory.consortium)\n"
        var bad = [
            [], Array("no note".utf8), Array(good.dropLast()), good + [0x0A],
            good.map { $0 == UInt8(ascii: "r") ? UInt8(ascii: "s") : $0 },
            try scene.note(of: "banking", 1, ["reed"], consortium: "other.creditmesh"),
            try scene.note(of: "nobody", 1, ["reed"], key: Curve25519.Signing.PrivateKey()),
            try scene.note(of: "banking", 1, Array(repeating: "a-long-id-of-a-member", count: 200)),
        ]
        for text in [
            mark, "\(mark)0\n", "\(mark)01\nreed\n", "\(mark)-1\n", "\(mark)+1\n", "\(mark)1\nRe\n",
            "\(mark)1\n\nreed\n", "\(mark)9007199254740992\n", "creditmesh-deny-v2\n",
            "creditmesh-deny-v2\n\(TestDirectory.consortium)\n1\nreed\n",
        ] {
            bad.append(try scene.note(of: "banking", text: Array(text.utf8)))
        }
        for note in bad {
            #expect(throws: DenialError.invalid) { try board.take(note, in: directory) }
        }
        #expect(board.notes(in: directory) == [])
        #expect(try board.take(good, in: directory))
    }

    @Test("signatures of strangers are passed over; a second regulator's counts for it, too")
    func severalSignatures() throws {
        let scene = DenialScene()
        let directory = try scene.directory()
        let board = try scene.board(directory)
        let stranger = try DenialScene.signer("nobody", Curve25519.Signing.PrivateKey())
        let insurance = try DenialScene.signer(
            "insurance", try #require(scene.keys["insurance"]))
        var note = try SignedNote(bytes: scene.note(of: "banking", 1, ["reed"]))
        note = try note.adding(stranger.signature(of: note.text))
        note = try note.adding(insurance.signature(of: note.text))
        #expect(try board.take(note.bytes, in: directory))
        #expect(
            Set(board.standing(in: directory).map(\.regulator.text)) == ["banking", "insurance"])
        let notes = board.notes(in: directory)
        #expect(try scene.board(directory).notes(in: directory) == notes)
    }

    @Test(
        "a note is in force though the disk refuses it, and a start finds the old one or the new",
        arguments: NoteStep.allCases)
    func faults(step: NoteStep) throws {
        let scene = DenialScene()
        let directory = try scene.directory()
        let isArmed = Mutex(false)
        let board = try scene.board(directory) { reached in
            guard reached == step, isArmed.withLock({ $0 }) else { return }
            throw StoreError.diskFull
        }
        try board.take(scene.note(of: "banking", 1, ["reed"]), in: directory)
        isArmed.withLock { $0 = true }
        let second = try scene.note(of: "banking", 2, ["lakeside"])
        #expect(throws: DenialError.storage) { try board.take(second, in: directory) }
        #expect(board.names(directory) == ["lakeside"])
        // As after a crash: whole, and one of the two.
        let kept = try scene.board(directory).names(directory)
        #expect(kept == (step == .placed ? ["lakeside"] : ["reed"]))
        // Given again while the disk is still full, it is tried again; then it is kept.
        #expect(throws: DenialError.storage) { try board.take(second, in: directory) }
        isArmed.withLock { $0 = false }
        #expect(try !board.take(second, in: directory))
        #expect(try scene.board(directory).names(directory) == ["lakeside"])
    }

    @Test("a directory with denials suspends them, says by whom, and is made once")
    func directory() throws {
        let scene = DenialScene()
        let officers = ManualDirectory(try scene.directory())
        let board = try scene.board(officers.current)
        let directory = DenyingDirectory(officers: officers, board: board)
        #expect(directory.current.denials.isEmpty)
        try board.take(
            scene.note(of: "banking", 1, ["lakeside-node", "harbor", "unknown"]),
            in: officers.current)
        try board.take(scene.note(of: "insurance", 1, ["harbor"]), in: officers.current)
        let denying = directory.current
        #expect(denying.node(Samples.node("lakeside-node"))?.status == .suspended)
        #expect(denying.node(Samples.node("harbor-node"))?.status == .active)
        #expect(denying.member(Samples.member("harbor"))?.status == .suspended)
        #expect(denying.member(Samples.member("reed"))?.status == .active)
        #expect(
            Set(denying.denials["harbor", default: []].map(\.text)) == ["banking", "insurance"])
        #expect(denying.denials["lakeside-node"]?.map(\.text) == ["banking"])
        #expect(directory.current.isTriviallyIdentical(to: denying))

        officers.replace(with: try scene.directory(listing: ["banking": nil]))
        #expect(directory.current.node(Samples.node("lakeside-node"))?.status == .active)
        #expect(directory.current.member(Samples.member("harbor"))?.status == .suspended)
        try board.take(scene.note(of: "insurance", 2, []), in: officers.current)
        #expect(directory.current == officers.current)
    }
}
