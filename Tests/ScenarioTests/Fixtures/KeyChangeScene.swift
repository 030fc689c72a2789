import Exchange
import Foundation
import Membership
import NodeAssembly
import Pseudonym
import Testing

/// The node of lakeside on its way to another pseudonym key.
struct KeyChangeScene {
    let home: NodeHome
    private let consortium: ScenarioConsortium
    private let privateHalf: URL

    /// Makes lakeside's rekey key, and imports a book that is sealed to it.
    init(_ consortium: ScenarioConsortium, book: [ScenarioLoan]?) async throws {
        self.consortium = consortium
        home = try consortium.home("lakeside-node")
        privateHalf = consortium.site.folder.appending(path: "lakeside.rekey")
        let made = try await Command.run([
            "node", "rekey-key", "--home", home.folder.path, "--member", "lakeside", "--out",
            privateHalf.path,
        ])
        try #require(made.status == 0, "\(made.errors)")
        if let book { try await importBook(book) }
    }

    /// Imports and publishes a book by the program.
    func importBook(_ book: [ScenarioLoan]) async throws {
        let file = try consortium.write(ScenarioLoan.csv(book), to: "lakeside.csv")
        let imported = try await Command.run(consortium.importing(file, of: "lakeside"))
        try #require(imported.status == 0, "\(imported.errors)")
        _ = try await consortium.publishedSubjects(ofHomeOf: "lakeside")
    }

    /// Arguments of the first step.
    func preparing(privateHalf: URL? = nil) -> [String] {
        [
            "node", "rekey", "--home", home.folder.path, "--json", "--private-key",
            (privateHalf ?? self.privateHalf).path,
        ]
    }

    /// The first step: the next key, and the tokens under it.
    func prepare(privateHalf: URL? = nil, status: Int32 = 0) async throws -> Prepared {
        let output = try await Command.run(preparing(privateHalf: privateHalf))
        #expect(output.status == status, "\(output.errors)")
        return try JSONDecoder().decode(Prepared.self, from: Data(output.text.utf8))
    }

    /// Another step.
    func step(_ arguments: String...) async throws -> Command.Output {
        try await Command.run(
            ["node", "rekey", "--home", home.folder.path, "--json"] + arguments)
    }

    /// Puts a directory in force that lists these keys of the home.
    func list(_ keys: [(kid: String, state: VOPRFKeyEntry.State)]) throws {
        let directory = try DirectoryFile.load(consortium.site.directoryFile)
        var draft = DirectoryDraft(directory, version: directory.version + 1)
        try draft.set(
            keys: keys.map { kid, state in
                let key = try PseudonymKeyFile.load(keyFile(kid))
                return VOPRFKeyEntry(
                    kid: try #require(KeyName(kid)), state: state,
                    publicKey: try #require(PublicKeyBytes(key.secret.publicKey.bytes)))
            }, ofNode: "lakeside-node")
        try consortium.site.publish(draft.directory())
    }

    /// The file of a pseudonym key.
    func keyURL(_ kid: String) -> URL { home.pseudonymKeys.appending(path: "\(kid).json") }

    /// Its path.
    func keyFile(_ kid: String) -> String { keyURL(kid).path }

    /// How much the store's write-ahead log holds.
    var storeLogBytes: Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: home.store.path + "-wal")
        return attributes?[.size] as? Int ?? 0
    }

    /// The names of the key files.
    func keyFiles() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: home.pseudonymKeys.path)
            .filter { $0.hasSuffix(".json") }.sorted()
    }

    /// Runs the nodes of lakeside and of harbor, who asks.
    func serve(_ body: (ScenarioConsortium) async throws -> Void) async throws {
        let homes = [home, try consortium.home("harbor-node")]
        try await ScenarioNode.run(homes, clock: consortium.clock, log: consortium.log) { nodes in
            try await body(
                ScenarioConsortium(
                    site: consortium.site, clock: consortium.clock, log: consortium.log,
                    nodes: nodes))
        }
    }

    /// What the first step says.
    struct Prepared: Decodable {
        let kid: String
        let publicKey: String
        let ready: Bool
        let lacking: Int
        let members: [Member]

        struct Member: Decodable {
            let had: Int
            let made: Int
            let unsealed: Int
            let unopened: Int
        }
    }
}
