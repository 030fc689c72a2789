import ArgumentParser
import Exchange
import Foundation
import NodeAssembly
import StrictJSON

/// `creditmesh demo`: a whole consortium on this machine.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Run a consortium of five nodes on this machine and ask it questions.",
        discussion: """
            Five separate processes on loopback with real TLS: four lenders' nodes, one of them \
            hosting three small lenders, and a regulator. They import, publish and ask; each report \
            is checked against what it must show. Then the regulator copies the logs of all lenders' \
            nodes, checks and compares them, opens some blind evaluations, finds a copy that was tampered with, and writes one page \
            for the examiner. Exit status 0 when all is as it must be.

            Examples:
              creditmesh demo
              creditmesh demo --data ../shared/datasets
              creditmesh demo --serve --keep ./demo-consortium
            """)

    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "Folder with the real data files, dealt to the lenders as well.")
    var data: String?
    @Option(name: .long, help: "Keep everything in this folder, which must not exist or be empty.")
    var keep: String?
    @Flag(
        name: .long, help: "Leave the nodes running until Ctrl-C; needs --keep, writes demo.json.")
    var serve = false
    @Option(
        name: .long,
        help: "Where the examiner's page goes; else into the demo's folder, and away with it.")
    var page: String?
    @Option(name: .long, help: "Language of the reports: en or zh.")
    var lang = "en"

    func validate() throws {
        if serve, keep == nil { throw ValidationError("--serve needs --keep DIR") }
    }

    func run() async throws {
        try await output.run {
            let folder = try makeFolder()
            defer { if keep == nil { try? FileManager.default.removeItem(at: folder) } }
            let voice = DemoVoice(isQuiet: output.json)
            let (site, authority) = try await found(in: folder, voice: voice)
            defer { authority.stop() }
            let books = DemoBooks(site: site, voice: voice)
            voice.say(
                "A consortium of \(site.directory.nodes.count) nodes and "
                    + "\(site.lenders.count) lenders, made in \(folder.path)")
            try books.importSample()
            let real = try data.map { try books.importReal(from: URL(filePath: $0)) } ?? []
            try books.publish()
            let nodes = DemoNodes(site: site)
            defer { nodes.kill() }
            try await nodes.start()
            voice.say("\nAll nodes serve; every query below goes over mutual TLS 1.3.")
            if serve {
                try await serve(site, subjects: DemoSubject.all + real.map(\.subject), voice: voice)
            } else {
                let teller = DemoTeller(site: site, nodes: nodes, voice: voice, language: lang)
                let results = try await teller.tell(DemoStory.sample + real)
                try await nodes.startStopped()
                try DemoAudit(site: site, voice: voice, language: lang).run(page: page)
                try finish(results)
            }
            try await nodes.stopAll()
        }
    }

    private func found(in folder: URL, voice: DemoVoice) async throws -> (
        site: DemoSite, authority: DemoAuthority
    ) {
        do {
            return try await DemoFounding(folder: folder, voice: voice).found()
        } catch let error as NodeError {
            throw CommandFailure(error)
        }
    }

    private func makeFolder() throws -> URL {
        let folder =
            keep.map { URL(filePath: $0, directoryHint: .isDirectory) }
            ?? FileManager.default.temporaryDirectory
            .appending(path: "creditmesh-demo-\(UUID().uuidString)")
        let contents = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        guard contents?.isEmpty ?? true else {
            throw CommandFailure("file", "\(folder.path) is not empty; name a new folder")
        }
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        return folder
    }

    private func serve(_ site: DemoSite, subjects: [DemoSubject], voice: DemoVoice)
        async throws
    {
        let file = site.folder.appending(path: "demo.json")
        try PrivateFile.write(
            DemoFile(site: site, subjects: subjects).json.prettyPrinted.utf8, to: file)
        voice.say("Everything a client needs is in \(file.path). Ctrl-C ends.")
        await StopSignal.wait()
    }

    private func finish(_ results: [DemoTeller.Result]) throws {
        let failed = results.filter { !$0.failures.isEmpty }
        if output.json {
            print(JSONValue.array(results.map(\.json)).prettyPrinted)
        } else {
            print(
                "\n\(results.count - failed.count) of \(results.count) reports show what they should."
            )
        }
        if let first = failed.first {
            throw CommandFailure(
                "demo", "'\(first.title)' does not: \(first.failures.joined(separator: "; "))")
        }
    }
}

/// Speaks to the person in front of the demo.
struct DemoVoice {
    let isQuiet: Bool

    func say(_ text: String) {
        guard !isQuiet else { return }
        // Past the buffer of `print`, so that a pipe sees every line when it is said.
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }
}
