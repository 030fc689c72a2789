import Foundation
import NodeAssembly
import Pseudonym
import Testing

@Suite("Scenario: an administrator makes a rekey key")
struct RekeyKeyScenarios {
    @Test("the private half leaves the home, and nothing is overwritten")
    func make() async throws {
        try await ScenarioConsortium.offline { consortium in
            let home = try consortium.home("lakeside-node")
            let out = consortium.site.folder.appending(path: "lakeside.rekey")
            let arguments = [
                "node", "rekey-key", "--home", home.folder.path, "--member", "lakeside", "--json",
                "--out",
            ]
            let made = try await Command.run(arguments + [out.path])
            #expect(made.status == 0, "\(made.errors)")
            let answer = try JSONDecoder().decode([String: String].self, from: Data(made.text.utf8))
            let (member, key) = try RekeyKeyFile.loadPrivate(out.path)
            #expect(member == "lakeside")
            #expect(answer["publicKey"] == Base64URL.encode(key.publicKey.bytes))
            let lakeside = try consortium.entry(ofMember: "lakeside").id
            #expect(try RekeyKeys.publicHalf(of: lakeside, home: home) == key.publicKey)
            #expect(
                try RekeyKeys.privateHalves([out])[lakeside]?.map(\.publicKey) == [key.publicKey])

            let again = try await Command.run(arguments + [out.path + "2"])
            #expect(again.errorCode == "file")
            #expect(!FileManager.default.fileExists(atPath: out.path + "2"))
            try FileManager.default.removeItem(at: home.rekeyKey(of: lakeside))
            let taken = try await Command.run(arguments + [out.path])
            #expect(taken.errorCode == "file")
            #expect(try RekeyKeyFile.loadPrivate(out.path).key.publicKey == key.publicKey)
            #expect(try RekeyKeys.publicHalf(of: lakeside, home: home) == nil)
        }
    }

    @Test("a private half in the home, and a member that is not the node's, are refused")
    func refused() async throws {
        try await ScenarioConsortium.offline { consortium in
            let home = try consortium.home("lakeside-node")
            let link = consortium.site.folder.appending(path: "link")
            try FileManager.default.createSymbolicLink(
                at: link, withDestinationURL: home.folder.appending(path: "keys"))
            let arguments = ["node", "rekey-key", "--home", home.folder.path, "--json"]
            for place in [
                home.folder.appending(path: "a.rekey"), link.appending(path: "a.rekey"),
                home.folder.appending(path: "keys/../keys/voprf/a.json"),
            ] {
                let inside = try await Command.run(
                    arguments + ["--member", "lakeside", "--out", place.path])
                #expect(inside.errorCode == "file")
                #expect(!FileManager.default.fileExists(atPath: place.path))
            }
            let other = try await Command.run(
                arguments + [
                    "--member", "harbor", "--out",
                    consortium.site.folder.appending(path: "h.rekey").path,
                ])
            #expect(other.errorCode == "unknown-member")
            #expect(!FileManager.default.fileExists(atPath: home.rekeyKeys.path))
        }
    }
}
